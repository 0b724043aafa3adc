using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Intake;

/// <summary>What became of one trigger and why; kept, so that a person can ask later.</summary>
public sealed record TriggerDecision
{
    /// <summary>Derived from what the trigger says of itself, so that a redelivery finds it; a later look by the sweep has its own.</summary>
    public required string Id { get; init; }

    public required string Scope { get; init; }

    public required TriggerOutcome Outcome { get; init; }

    public required Trigger Trigger { get; init; }

    /// <summary>The incident that it opened, joined or closed; null where none is concerned.</summary>
    public string? IncidentId { get; init; }

    /// <summary>Why, the weightiest first; at least one.</summary>
    public required IReadOnlyList<DecisionReason> Reasons { get; init; }

    /// <summary>By the clock of whoever decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When it is looked at again, by the clock; null where that is settled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often this very trigger came.</summary>
    public int Deliveries { get; init; } = 1;
}

/// <summary>What intake did with a trigger.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerOutcome>))]
public enum TriggerOutcome
{
    /// <summary>A new incident.</summary>
    [JsonStringEnumMemberName("opened")] Opened,

    /// <summary>Part of an incident that was there.</summary>
    [JsonStringEnumMemberName("joined")] Joined,

    /// <summary>Seen before: nothing changed.</summary>
    [JsonStringEnumMemberName("duplicate")] Duplicate,

    /// <summary>A flapping alarm: waits whether it ends by itself.</summary>
    [JsonStringEnumMemberName("held")] Held,

    /// <summary>Nobody wants to be disturbed by it now; raised again when that ends.</summary>
    [JsonStringEnumMemberName("suppressed")] Suppressed,

    /// <summary>It is right again, and something that fired, was held or was suppressed has ended.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>Kept, and nothing done: late, informational, unknown, or right when nothing was wrong.</summary>
    [JsonStringEnumMemberName("ignored")] Ignored,

    /// <summary>It could not be read. Made by whoever reads the events, never by the decider.</summary>
    [JsonStringEnumMemberName("deadlettered")] Deadlettered,
}
