using System.Text.Json;
using Aiops.Analysis.LogPatterns;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>Makes a case of a reviewed incident: what it was, and by what later ones are compared with it.</summary>
public sealed class CaseMaker(IDocumentStore documents, IIncidents incidents)
{
    /// <param name="round">The analysis that was reviewed.</param>
    public async Task<PastCase> MakeAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken) => new(
        incident.Id,
        incident.Title,
        incident.OpenedAt,
        await FingerprintAsync(incident, round, cancellationToken),
        outcome.Cause,
        outcome.Component,
        outcome.Helped);

    private async Task<IncidentFingerprint> FingerprintAsync(Incident incident, int round, CancellationToken cancellationToken)
    {
        var members = await incidents.MembersAsync(incident.Id, cancellationToken);
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ClassifyJson.Default.Classification)
            : null;
        var windows = AnalysisWindows.For(incident, incident.LastEventAt);
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, round, windows, cancellationToken);
        return new IncidentFingerprint(
            classification?.Kind ?? IncidentKind.Unknown,
            incident.Components,
            [.. incident.Components.Select(context.Topology.TypeOf).OfType<string>().Distinct()],
            [.. members.Select(member => member.Signal?.Metric).OfType<string>().Distinct()],
            [.. context.Logs.Where(shift => shift.Trend is LogPatternTrend.New or LogPatternTrend.More).Select(shift => shift.PatternId)]);
    }
}
