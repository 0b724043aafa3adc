using Aiops.Aws.DynamoDb.Cases;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Masking;
using Amazon.BedrockAgentRuntime;
using Amazon.BedrockAgentRuntime.Model;
using Amazon.Runtime.Documents;

namespace Aiops.Aws.Knowledge;

/// <summary>
/// The nearest past cases, with those that a Bedrock Knowledge Base finds by meaning; all of them where it doesn't answer. It only proposes ids: what a case says, and whether it
/// still stands, is read from its record, so one that was revoked or rewritten since it was ingested answers as it stands now.
/// </summary>
public sealed class KnowledgeBaseCandidates(
    DynamoCaseBook cases, IAmazonBedrockAgentRuntime client, KnowledgeOptions options, TimeProvider time) : IPastIncidents
{
    private const int LongestQuery = 1_000; // Characters: what Retrieve takes of text.

    /// <inheritdoc/>
    public async Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
    {
        var known = await cases.CandidatesAsync(incident, cancellationToken);
        IReadOnlyList<string> proposed;
        try
        {
            proposed = await ProposeAsync(incident, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested) // Whatever it is, the record of cases is complete without.
        {
            return known with { Gaps = [.. known.Gaps, $"the knowledge base proposed nothing ({Reason(e)})"] };
        }

        var nearest = NearestCases.Of(incident, known.Cases, options.MostNearest);
        var have = nearest.Select(past => past.IncidentId).Append(incident.Id).ToHashSet(StringComparer.Ordinal);
        var records = await cases.FindAsync(incident.Scope, proposed.Where(id => !have.Contains(id)), cancellationToken);
        return known with
        {
            Cases = [.. nearest, .. records.Where(record => record.Status == CaseStatus.Current).Select(record => record.Case)],
        };
    }

    /// <summary>Ids of cases of the incident's scope, the likeliest first.</summary>
    private async Task<IReadOnlyList<string>> ProposeAsync(Incident incident, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var response = await client.RetrieveAsync(
            new RetrieveRequest
            {
                KnowledgeBaseId = options.KnowledgeBaseId,
                RetrievalQuery = new KnowledgeBaseQuery { Text = QueryOf(incident) },
                RetrievalConfiguration = new KnowledgeBaseRetrievalConfiguration
                {
                    VectorSearchConfiguration = new KnowledgeBaseVectorSearchConfiguration
                    {
                        NumberOfResults = options.Most,
                        Filter = new RetrievalFilter
                        {
                            AndAll = [Is(CaseDocument.Scope, incident.Scope), Is(CaseDocument.Kind, CaseDocument.CaseKind), Is(CaseDocument.Status, "current")],
                        },
                    },
                },
            },
            either.Token);
        return [.. (response.RetrievalResults ?? []).Select(IdOf).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static RetrievalFilter Is(string key, string value) => new() { Equals = new FilterAttribute { Key = key, Value = new Document(value) } };

    private static string? IdOf(KnowledgeBaseRetrievalResult result)
        => result.Metadata is { } metadata && metadata.TryGetValue(CaseDocument.IncidentId, out var id) && id.IsString() ? id.AsString() : null;

    private static string QueryOf(Incident incident)
    {
        var text = SecretMask.Mask(string.Join('\n', ((string?[])
        [
            incident.Title,
            string.Join(", ", incident.Components),
            incident.First.Signal?.Metric,
            incident.First.Description,
            incident.First.Reason,
        ]).OfType<string>()));
        return text.Length <= LongestQuery ? text : text[..(char.IsHighSurrogate(text[LongestQuery - 1]) ? LongestQuery - 1 : LongestQuery)];
    }

    private string Reason(Exception e) => e is OperationCanceledException ? $"no answer within {options.Patience.TotalSeconds:0.#} s" : e.Message;
}
