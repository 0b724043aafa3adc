using System.Text.Json.Serialization;
using Aiops.Analysis.Storms;

namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>
/// What intake must know of an incident to decide on the next trigger: small, for those that take alarms all stand in one
/// item of limited size. What never changes (the first trigger, the title) stays with the incident's own row.
/// </summary>
public sealed record IncidentState
{
    /// <summary>Components kept by name; further ones are known by the members alone and raise no signal.</summary>
    public const int MaxComponents = AlarmGrouping.MaxComponents;

    /// <summary>Marks kept for similarity: those of the first members count most for what the incident is about.</summary>
    public const int MaxMarks = AlarmGrouping.MaxMarks;

    public required string Id { get; init; }

    public required IncidentStatus Status { get; init; }

    /// <summary>Event time of the earliest member.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Event time of the newest change to a member.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When a resolved incident is to be closed, by the clock.</summary>
    public DateTimeOffset? CloseDueAt { get; init; }

    public SeverityHint Priority { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>What its members have in common with their kind (<see cref="AlarmMarks"/>).</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    public int MemberCount { get; init; }

    public int FiringCount { get; init; }

    public string? LinkedTo { get; init; }

    /// <summary>Opened by an alarm of a component that nothing was known of (<see cref="GroupedIncident.IsBlind"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBlind { get; init; }

    public bool TakesAlarms => Status != IncidentStatus.Closed;

    /// <summary>The incident as people and stages see it.</summary>
    public Incident ApplyTo(Incident opened) => opened with
    {
        Status = Status,
        OpenedAt = OpenedAt,
        LastEventAt = LastEventAt,
        ResolvedAt = ResolvedAt,
        Priority = Priority,
        Components = Components,
        MemberCount = MemberCount,
        FiringCount = FiringCount,
        LinkedTo = LinkedTo,
    };
}
