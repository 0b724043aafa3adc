using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;

namespace Aiops.Pipeline.Evaluate;

/// <summary>Reads the reviewed incidents of a host back, as their newest analysis saw them.</summary>
public sealed class ReviewedIncidents(IIncidentStore store, IIncidents incidents, IDocumentStore documents)
{
    /// <summary>Those that a person judged, in no promised order; with how many nobody judged, or whose context is gone.</summary>
    public async Task<(IReadOnlyList<JudgedIncident> Judged, int Others)> ReadAsync(CancellationToken cancellationToken)
    {
        List<JudgedIncident> judged = [];
        var all = await store.ListAsync(null, int.MaxValue, cancellationToken);
        foreach (var incident in all)
        {
            if (await documents.GetAsync(DocumentKeys.Outcome(incident.Id), cancellationToken) is { } content
                && JsonSerializer.Deserialize(content, LearnJson.Default.Outcome) is { Verdict: Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected } outcome
                && await ReadAsync(incident, outcome, cancellationToken) is { } one)
            {
                judged.Add(one);
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
}
