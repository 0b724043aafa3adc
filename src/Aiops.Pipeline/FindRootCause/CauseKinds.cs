using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>What kind of fault a suspect's findings speak of: decides which playbooks match.</summary>
public static class CauseKinds
{
    // The field's words for being turned away for asking too much, as metrics and messages everywhere use them.
    private static readonly string[] ThrottlingWords = ["throttl", "rate exceeded", "too many requests", "toomanyrequests", "throughputexceeded"];

    private static readonly TimeSpan LongestLead = TimeSpan.FromMinutes(30); // A change further back names no kind, though it counts.

    private const double SaturationShare = 0.6; // Of the strongest finding: what is full is also slow and fails, so fullness names the kind.

    /// <summary>A deployment comes first, for it can be undone; then throttling, a configuration, saturation, and the strongest signal.</summary>
    public static CauseKind Of(Suspect suspect) => OfObserved(suspect with { For = [.. suspect.For.Where(finding => finding is not Finding.SeenBefore)] });

    private static CauseKind OfObserved(Suspect suspect) => true switch
    {
        _ when Changed(suspect, ChangeKind.Deployment) => CauseKind.Deployment,
        _ when suspect.For.Any(SpeaksOfThrottling) => CauseKind.Throttling,
        _ when Changed(suspect, ChangeKind.Configuration) || Changed(suspect, ChangeKind.Permission) => CauseKind.Configuration,
        _ when suspect.For.Any(finding => OfFinding(finding) == CauseKind.Saturation && finding.Weight >= SaturationShare * suspect.For[0].Weight)
            => CauseKind.Saturation,
        _ => suspect.For.Select(OfFinding).FirstOrDefault(kind => kind != CauseKind.Unknown),
    };

    private static bool Changed(Suspect suspect, ChangeKind kind)
        => suspect.For.OfType<Finding.ChangedBefore>().Any(finding => finding.Change.Kind == kind && finding.Lead <= LongestLead);

    private static CauseKind OfFinding(Finding finding) => finding switch
    {
        Finding.MetricDeparted metric => metric.Series.Kind switch
        {
            SignalKind.Latency => CauseKind.Latency,
            SignalKind.Errors => CauseKind.Errors,
            SignalKind.Saturation => CauseKind.Saturation,
            SignalKind.Availability => CauseKind.Unavailable,
            SignalKind.Traffic => metric.Departure.Upwards ? CauseKind.TrafficSurge : CauseKind.TrafficDrop,
            _ => CauseKind.Unknown,
        },
        Finding.MetricFellSilent => CauseKind.Unavailable,
        Finding.OperationSlowed or Finding.CallersWait => CauseKind.Latency,
        Finding.OperationFailing => CauseKind.Errors,
        Finding.OperationGone => CauseKind.TrafficDrop,
        Finding.OperationNew => CauseKind.Errors,
        Finding.LogPatternMoved log when LogSeverity.IsError(log.Shift.Severity) => CauseKind.Errors,
        Finding.SequenceBroken broken when LogSeverity.IsError(broken.Shift.Severity) => CauseKind.Errors,
        _ => CauseKind.Unknown,
    };

    private static bool SpeaksOfThrottling(Finding finding) => finding switch
    {
        Finding.MetricDeparted { Departure.Upwards: true } metric => HasWord(metric.Series.Metric),
        Finding.LogPatternMoved log => HasWord(log.Shift.Template),
        _ => false,
    };

    private static bool HasWord(string text) => ThrottlingWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
