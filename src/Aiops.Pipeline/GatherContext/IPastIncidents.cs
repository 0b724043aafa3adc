namespace Aiops.Pipeline.GatherContext;

/// <summary>Earlier incidents with what became of them; see <see cref="Sources.IMetricSource"/> for what is thrown.</summary>
public interface IPastIncidents
{
    /// <summary>Cases of the scope that may resemble the incident, itself left out, in no promised order.</summary>
    Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken);
}

/// <param name="Gaps">Where else cases might have been found, and why they weren't: a sentence each.</param>
public sealed record PastCandidates(IReadOnlyList<PastCase> Cases, IReadOnlyList<string> Gaps);

/// <summary>One earlier incident, as it is remembered.</summary>
/// <param name="Cause">As reviewed; null when nobody said.</param>
/// <param name="Component">The true cause's component, as reviewed; null when nobody said.</param>
/// <param name="Helped">Playbooks that helped.</param>
public sealed record PastCase(
    string IncidentId,
    string Title,
    DateTimeOffset OpenedAt,
    IncidentFingerprint Fingerprint,
    string? Cause = null,
    string? Component = null,
    IReadOnlyList<string>? Helped = null);

/// <summary>What incidents are compared by.</summary>
/// <param name="Components">Components that alarmed.</param>
/// <param name="Types">Their CloudFormation types, where known.</param>
/// <param name="Metrics">The alarms' metrics, by their own names.</param>
/// <param name="LogPatterns">Ids of patterns that were new or more frequent; empty where logs weren't compared yet.</param>
public sealed record IncidentFingerprint(
    IncidentKind Kind,
    IReadOnlyList<string> Components,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> LogPatterns);
