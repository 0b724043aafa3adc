using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;

namespace Aiops.Cli.Output;

/// <summary>What <c>aiops replay --json</c> prints of one recording.</summary>
internal sealed record ReplayedRecording(
    string Recording, bool Simulated, int Events, IReadOnlyDictionary<string, int> Outcomes, IReadOnlyList<ReplayedIncident> Incidents)
{
    public static ReplayedRecording Of(Recording recording, ReplayResult result) => new(
        recording.Manifest.Name,
        recording.Manifest.Simulated,
        result.Events.Count,
        new SortedDictionary<string, int>(
            result.Events.SelectMany(HandledEvent.OutcomesOf).GroupBy(outcome => outcome).ToDictionary(group => group.Key, group => group.Count()),
            StringComparer.Ordinal),
        [.. result.Reports.Select(report => ReplayedIncident.Of(report, result))]);
}

/// <param name="Decided">Whether a cause is named.</param>
/// <param name="Hypotheses">Ranked, the most probable first.</param>
/// <param name="Missing">Sources that gave nothing or less than asked.</param>
internal sealed record ReplayedIncident(
    string Id,
    string Title,
    IncidentStatus Status,
    IncidentKind Kind,
    Severity Severity,
    IReadOnlyList<string> Components,
    int MemberCount,
    bool Decided,
    string? NotEnoughEvidence,
    DateTimeOffset? Onset,
    IReadOnlyList<ReplayedHypothesis> Hypotheses,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Missing,
    string Report)
{
    public static ReplayedIncident Of(IncidentReport report, ReplayResult result) => new(
        report.Incident.Id,
        report.Incident.Title,
        report.Incident.Status,
        report.Classification.Kind,
        report.Classification.Severity,
        report.Incident.Components,
        report.Incident.MemberCount,
        report.Diagnosis.Hypotheses.Count > 0,
        report.Diagnosis.NotEnoughEvidence,
        report.Diagnosis.Onset,
        [.. report.Diagnosis.Hypotheses.Select(hypothesis => ReplayedHypothesis.Of(hypothesis, report))],
        [.. report.Recommendations.Select(recommendation => recommendation.Playbook)],
        [.. report.Context.Missing.Select(part => $"{part.Source}: {part.Status}{(part.Gaps.Count > 0 ? $" ({part.Gaps[0]})" : "")}")],
        LocalHost.ReportPath(result.StateFolder, report.Incident.Id));
}

internal sealed record ReplayedHypothesis(
    int Rank, string Component, string? ComponentType, CauseKind Kind, SuspectRole Role, double Confidence, DateTimeOffset? Onset, string Statement,
    IReadOnlyList<string> For, IReadOnlyList<string> Against)
{
    public static ReplayedHypothesis Of(Hypothesis hypothesis, IncidentReport report) => new(
        hypothesis.Rank, hypothesis.Component, hypothesis.ComponentType, hypothesis.Kind, hypothesis.Role, hypothesis.Confidence, hypothesis.Onset,
        hypothesis.Statement,
        [.. hypothesis.For.Select(id => report.Diagnosis[id].Statement)],
        [.. hypothesis.Against.Select(id => report.Diagnosis[id].Statement)]);
}
