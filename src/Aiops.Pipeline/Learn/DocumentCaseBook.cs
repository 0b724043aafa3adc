using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>Cases as documents, one each: readable by anyone, the same on every host, read whole for each comparison.</summary>
/// <remarks>Fit for some thousands of cases; beyond that an index must propose candidates.</remarks>
public sealed class DocumentCaseBook(IDocumentStore documents, IIncidents incidents) : ICaseBook, IPastIncidents, ICaseSnapshots
{
    public async Task WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
    {
        var past = await new CaseMaker(documents, incidents).MakeAsync(incident, outcome, round, cancellationToken);
        await WriteAsync(past, cancellationToken);
    }

    /// <summary>A case that is known from elsewhere: a recording brings some along.</summary>
    public Task WriteAsync(PastCase past, CancellationToken cancellationToken)
        => documents.PutAsync(
            DocumentKeys.Case(past.IncidentId), JsonSerializer.SerializeToUtf8Bytes(past, CaseJson.Default.PastCase), cancellationToken);

    public async Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        var cases = await ReadAllAsync(cancellationToken);
        return new CaseSnapshot(cases.Count, [.. cases.Select(past => new CaseRecord(scope, past, 1, CaseStatus.Current))]);
    }

    public async Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
        => new([.. (await ReadAllAsync(cancellationToken)).Where(past => past.IncidentId != incident.Id)], []);

    private async Task<List<PastCase>> ReadAllAsync(CancellationToken cancellationToken)
    {
        List<PastCase> cases = [];
        foreach (var key in await documents.ListAsync(DocumentKeys.CasePrefix, cancellationToken))
        {
            if (await documents.GetAsync(key, cancellationToken) is { } content
                && JsonSerializer.Deserialize(content, CaseJson.Default.PastCase) is { } past)
            {
                cases.Add(past);
            }
        }

        return cases;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PastCase))]
public sealed partial class CaseJson : JsonSerializerContext;
