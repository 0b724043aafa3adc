using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>What became of an incident, as people judged it: the only thing that the system learns from.</summary>
public sealed record Outcome
{
    public required string IncidentId { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The true cause as the reviewer names it; null when none was named.</summary>
    public string? Component { get; init; }

    /// <summary>What it was, in the reviewer's words.</summary>
    public string? Cause { get; init; }

    /// <summary>Playbooks that helped.</summary>
    public IReadOnlyList<string> Helped { get; init; } = [];

    /// <summary>How bad it was, as people say afterwards; null when nobody said.</summary>
    public Severity? Severity { get; init; }

    /// <summary>From the beginning of the trouble until users no longer felt it; null when nobody said.</summary>
    public TimeSpan? TimeToMitigate { get; init; }

    public required string Reviewer { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>How an analysis was judged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>The first hypothesis was right.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>It was something else, which the reviewer named.</summary>
    [JsonStringEnumMemberName("corrected")] Corrected,

    /// <summary>It was wrong, and nobody knows what it was.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>It ended by itself, unjudged.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>Nobody said anything in time.</summary>
    [JsonStringEnumMemberName("unreviewed")] Unreviewed,
}
