using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;

namespace Aiops.Pipeline.Evaluate;

/// <summary>Reads the reviewed incidents of a host back, as their newest analysis saw them, judged as their cases stand now.</summary>
public sealed class ReviewedIncidents(IIncidentStore store, IIncidents incidents, IDocumentStore documents, ICaseSnapshots cases)
{
    /// <summary>
    /// Those that a person judged, in no promised order; with how many nobody judged, whose judgement was taken back, or whose
    /// context is gone.
    /// </summary>
    public async Task<(IReadOnlyList<JudgedIncident> Judged, int Others)> ReadAsync(CancellationToken cancellationToken)
    {
        List<JudgedIncident> judged = [];
        var all = await store.ListAsync(null, int.MaxValue, cancellationToken);
        foreach (var scope in all.GroupBy(incident => incident.Scope, StringComparer.Ordinal))
        {
            var known = (await cases.SnapshotAsync(scope.Key, cancellationToken)).Records.ToDictionary(record => record.Case.IncidentId, StringComparer.Ordinal);
            foreach (var incident in scope)
            {
                if (await OutcomeAsync(incident, known.GetValueOrDefault(incident.Id), cancellationToken) is { } outcome
                    && await ReadAsync(incident, outcome, cancellationToken) is { } one)
                {
                    judged.Add(one);
                }
            }
        }

        return (judged, all.Count - judged.Count);
    }

    /// <summary>The incident with an outcome given; null where no analysis left a context.</summary>
    public async Task<JudgedIncident?> ReadAsync(Incident incident, Outcome outcome, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incident.Id, cancellationToken);
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, round), cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, ClassifyJson.Default.Classification)
            : null;
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, round, AnalysisWindows.For(incident, incident.LastEventAt), cancellationToken);
        return context.Parts.Count == 0
            ? null
            : new JudgedIncident(incident, await incidents.MembersAsync(incident.Id, cancellationToken), classification, context, round, outcome);
    }

    /// <summary>What the review said, with what was revised since; null where nobody judged, or it was taken back.</summary>
    private async Task<Outcome?> OutcomeAsync(Incident incident, CaseRecord? known, CancellationToken cancellationToken)
    {
        if (known is { Status: not CaseStatus.Current })
        {
            return null;
        }

        var said = await documents.GetAsync(DocumentKeys.Outcome(incident.Id), cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, LearnJson.Default.Outcome)
            : null;
        if (said is not { Verdict: Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected } || known is not { Case: var past })
        {
            return null;
        }

        return said with
        {
            Verdict = past.Verdict,
            Component = past.Component, // Who confirms names nobody; the case says who was confirmed.
            Cause = past.Cause,
            Helped = past.Helped ?? [],
            At = known.Change is { Origin: ChangeOrigin.Revision } change && change.At > said.At ? change.At : said.At, // Nobody knew it before.
        };
    }
}
