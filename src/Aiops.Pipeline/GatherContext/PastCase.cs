namespace Aiops.Pipeline.GatherContext;

/// <summary>One earlier incident, as it is remembered: what it looked like, what people said it was, and who said so.</summary>
/// <param name="Cause">What it was, in the reviewer's words; null when nobody said.</param>
/// <param name="Component">The true cause's component, as reviewed; null when nobody said, and always after <see cref="Verdict.Rejected"/>.</param>
/// <param name="Helped">Playbooks that helped.</param>
public sealed record PastCase(
    string IncidentId,
    string Title,
    DateTimeOffset OpenedAt,
    IncidentFingerprint Fingerprint,
    string? Cause = null,
    string? Component = null,
    IReadOnlyList<string>? Helped = null)
{
    /// <summary>How the analysis was judged; what was stored before this was kept had been confirmed or corrected.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>What the analysis had named first, so that being wrong teaches too; null when it had named nothing.</summary>
    public string? Named { get; init; }

    /// <summary>Who judged it; null in what came from elsewhere without a name.</summary>
    public string? Reviewer { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Which analysis was judged; 0 when that isn't known.</summary>
    public int Round { get; init; }

    /// <summary>The ticket's address or id; null when there was none.</summary>
    public string? Ticket { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>From its opening until people had it under control, as they say; null when nobody said.</summary>
    public TimeSpan? TimeToMitigate { get; init; }
}

/// <summary>What incidents are compared by.</summary>
/// <param name="Components">Components that alarmed.</param>
/// <param name="Types">Their CloudFormation types, where known.</param>
/// <param name="Metrics">The alarms' metrics, by their own names.</param>
/// <param name="LogPatterns">Ids of patterns that were new or more frequent; empty where logs weren't compared yet.</param>
/// <remarks>What is absent from a stored one is empty here: generated JSON code sets it to null.</remarks>
public sealed record IncidentFingerprint(
    IncidentKind Kind,
    IReadOnlyList<string> Components,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> LogPatterns)
{
    /// <summary>Kinds of the changes shortly before (<c>deployment</c>), in ordinal order.</summary>
    public IReadOnlyList<string> Changes { get => field ?? []; init; }

    /// <summary>How the trouble lay in the topology, without names; see <see cref="Learn.PropagationShape"/>. In ordinal order.</summary>
    public IReadOnlyList<string> Shape { get => field ?? []; init; }

    /// <summary>What each suspect of the analysis showed, without its name: what a cause is known again by under another one.</summary>
    public IReadOnlyList<SuspectSignature> Suspects { get => field ?? []; init; }
}

/// <summary>A suspect as the engine saw it, in terms that hold for any service.</summary>
/// <param name="Component">Its name, by which alone nothing is compared.</param>
/// <param name="Type">Its CloudFormation type, where known.</param>
/// <param name="Features">Distinct (<c>metric:latency:up</c>, <c>log:…</c>, <c>place:callee</c>), in ordinal order; no component's name in any.</param>
/// <param name="Score">The probability that the engine gave it by itself, without what was learned: 0 to 1.</param>
public sealed record SuspectSignature(string Component, string? Type, IReadOnlyList<string> Features, double Score);
