using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>What is remembered of one subject: an alarm (and contributor), an insight, a fingerprint.</summary>
public sealed record SubjectRecord
{
    public required string Subject { get; init; }

    /// <summary>The sender's word for the newest state, whatever it means.</summary>
    public string? State { get; init; }

    public DateTimeOffset? StateAt { get; init; }

    /// <summary>When it last began to fire or ended, in event time. An unknown state doesn't count: it settles nothing.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Whether it fires, held and suppressed ones included.</summary>
    public bool Firing { get; init; }

    public DateTimeOffset? FiringSince { get; init; }

    /// <summary>The incident that it last was a member of.</summary>
    public string? IncidentId { get; init; }

    /// <summary>Whether it counts among the firing members of that incident.</summary>
    public bool FiringMember { get; init; }

    /// <summary>The incident of its alarm, composite or child, which it belongs to as well when it fires.</summary>
    public string? ExpectedIn { get; init; }

    /// <summary>When its recent quick cycles ended, in event time, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> QuickCycles { get; init; } = [];

    /// <summary>The firing that waits, and what for.</summary>
    public Hold? Hold { get; init; }
}

/// <summary>A firing that opens nothing yet.</summary>
/// <param name="DueAt">When the sweep looks at it, by the clock.</param>
/// <param name="EndsAt">When what it waits for ends, in event time: what a renewed look compares with windows.</param>
/// <param name="Round">How often it was looked at and held again.</param>
public sealed record Hold(HoldKind Kind, Trigger Trigger, string Rule, DateTimeOffset DueAt, DateTimeOffset EndsAt, int Round = 0);

/// <summary>Why a firing waits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HoldKind>))]
public enum HoldKind
{
    [JsonStringEnumMemberName("flapping")] Flapping,
    [JsonStringEnumMemberName("suppressed")] Suppressed,
}
