using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Act;

/// <summary>One action on its way from proposal to check. Every change of it is a line in the log, written with it.</summary>
public sealed record ActionRequest
{
    /// <summary>Given by whoever proposes; the same id is the same request, however often it is sent.</summary>
    public required string Id { get; init; }

    public required string IncidentId { get; init; }

    /// <summary>The analysis that recommended it.</summary>
    public required int Round { get; init; }

    /// <summary>Counted from 1, in the order of the comment.</summary>
    public required int Recommendation { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The allow-list's id.</summary>
    public required string Action { get; init; }

    public required string Component { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required ActionRisk Risk { get; init; }

    public required string Rollback { get; init; }

    public required string ProposedBy { get; init; }

    /// <summary>As <see cref="ActionCaller.Id"/>.</summary>
    public string? ProposedById { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required ActionState State { get; init; }

    /// <summary>1 when proposed, one more with each change.</summary>
    public required long Version { get; init; }

    public ShownDryRun? DryRun { get; init; }

    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>What the runner knows it by, once it runs.</summary>
    public string? Handle { get; init; }

    public ActionRun? Run { get; init; }

    public ActionCheck? Check { get; init; }

    /// <summary>Why it was refused, expired, or closed before its end was known.</summary>
    public string? Because { get; init; }

    /// <summary>Whether it stands in the way of another action of its incident.</summary>
    [JsonIgnore]
    public bool IsActive => State is not (ActionState.Closed or ActionState.Refused or ActionState.Expired);
}

/// <summary>Where an action stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionState>))]
public enum ActionState
{
    [JsonStringEnumMemberName("proposed")] Proposed,

    /// <summary>Its dry run was shown.</summary>
    [JsonStringEnumMemberName("shown")] Shown,
    [JsonStringEnumMemberName("approved")] Approved,

    /// <summary>Written down before it is started: found again, it may have been started or not.</summary>
    [JsonStringEnumMemberName("starting")] Starting,
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It ran, or nobody knows whether; the metric is still to be looked at.</summary>
    [JsonStringEnumMemberName("ended")] Ended,
    [JsonStringEnumMemberName("closed")] Closed,
    [JsonStringEnumMemberName("refused")] Refused,
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>A dry run as it was shown.</summary>
/// <param name="Output">Masked and cut.</param>
/// <param name="Prepared">The digest of what would be run.</param>
/// <param name="Digest">Of that and this output together: what an approver approves.</param>
public sealed record ShownDryRun(string Line, string Output, DateTimeOffset At, string Prepared, string Digest);

/// <summary>How it ended.</summary>
/// <param name="Output">Masked and cut.</param>
public sealed record ActionRun(RunOutcome Outcome, string Output, DateTimeOffset EndedAt);

[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    [JsonStringEnumMemberName("succeeded")] Succeeded,
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>It certainly wasn't started.</summary>
    [JsonStringEnumMemberName("notStarted")] NotStarted,

    /// <summary>Nobody knows whether it started, or how it ended. It is never started again; people must look.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}

/// <summary>What the alarm's own metric did afterwards.</summary>
public sealed record ActionCheck(CheckResult Result, string Statement);

[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
public enum CheckResult
{
    [JsonStringEnumMemberName("recovered")] Recovered,
    [JsonStringEnumMemberName("notRecovered")] NotRecovered,
    [JsonStringEnumMemberName("notKnown")] NotKnown,
}
