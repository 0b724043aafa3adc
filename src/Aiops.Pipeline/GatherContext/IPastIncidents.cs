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
    IReadOnlyList<string> LogPatterns)
{
    /// <summary>Kinds of the changes shortly before (<c>deployment</c>).</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What each suspect of the analysis showed, without its name: what a cause is known again by under another one.</summary>
    public IReadOnlyList<SuspectSignature> Suspects { get; init; } = [];
}

/// <summary>A suspect as the engine saw it, in terms that hold for any service.</summary>
/// <param name="Component">Its name, by which alone nothing is compared.</param>
/// <param name="Type">Its CloudFormation type, where known.</param>
/// <param name="Features">Distinct (<c>metric:latency:up</c>, <c>log:…</c>, <c>place:callee</c>), in ordinal order; no component's name in any.</param>
/// <param name="Score">The probability that the engine gave it by itself, without what was learned: 0 to 1.</param>
public sealed record SuspectSignature(string Component, string? Type, IReadOnlyList<string> Features, double Score);
