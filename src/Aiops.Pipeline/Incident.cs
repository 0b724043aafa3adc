using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>
/// One thing that is wrong, however many alarms speak of it. Written only by intake (what belongs to it) and by the stages
/// through their own documents; people see it as one ticket.
/// </summary>
public sealed record Incident
{
    /// <summary>Derived from the scope and the first trigger, so that opening it twice names the same one.</summary>
    public required string Id { get; init; }

    /// <summary>The correlation scope: incidents of different scopes never mix (an AWS account, or <c>local</c>).</summary>
    public required string Scope { get; init; }

    public required IncidentStatus Status { get; init; }

    public required string Title { get; init; }

    /// <summary>Event time of the first member.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Event time of the newest member.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The highest hint among the members, never lowered: decides the lane and the order of work.</summary>
    public SeverityHint Priority { get; init; }

    /// <summary>The trigger that opened it.</summary>
    public required Trigger First { get; init; }

    /// <summary>Components that members name, in order of arrival, without repeats.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Distinct subjects that fired, however often.</summary>
    public int MemberCount { get; init; } = 1;

    /// <summary>Members still firing.</summary>
    public int FiringCount { get; init; } = 1;

    /// <summary>An earlier incident that this one follows (a closed one takes no more alarms); null when there is none.</summary>
    public string? LinkedTo { get; init; }

    /// <summary>Whether its execution was started; a sweep starts what was committed and not started.</summary>
    public bool ExecutionStarted { get; init; }
}

/// <summary>Where an incident stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>Resolved and reviewed, or its workflow ended: takes no more alarms.</summary>
    [JsonStringEnumMemberName("closed")] Closed,
}
