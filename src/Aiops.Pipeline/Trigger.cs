using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>
/// One thing that a monitoring system said, whatever system and format it came in: the canonical event that intake makes
/// of every accepted format (<c>events/README.md</c> has the table).
/// </summary>
public sealed record Trigger
{
    /// <summary>Who said it; one of <see cref="TriggerSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The sender's id of this very message. The same id about the same subject is a redelivery.</summary>
    public required string SourceId { get; init; }

    /// <summary>What it is about, as deduplication sees it: an alarm's ARN (and contributor), an insight, a fingerprint.</summary>
    public required string Subject { get; init; }

    /// <summary>The contributor of a multi-series alarm; null for the alarm itself. Part of <see cref="Subject"/>.</summary>
    public string? Contributor { get; init; }

    /// <summary>The sender's own word for the state (<c>ALARM</c>, <c>resolved</c>, <c>NEW_INSIGHT</c>).</summary>
    public required string State { get; init; }

    /// <summary>What that word means to us.</summary>
    public required TriggerCondition Condition { get; init; }

    /// <summary>When the state began, in event time.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>
    /// When the trouble ended, from senders whose <see cref="OccurredAt"/> stays its beginning when it is resolved
    /// (Alertmanager, AWS Health, DevOps Guru); null otherwise. Compare states of one subject by this, where it is said.
    /// </summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The sender's reason, verbatim: text for people, never parsed.</summary>
    public string? Reason { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>How bad the sender says it is. Decides the lane at the door; what people see comes from Classify.</summary>
    public SeverityHint SeverityHint { get; init; }

    /// <summary>The sender's own note that nobody should be disturbed by this now; null when there is none.</summary>
    public Suppression? SuppressedBy { get; init; }

    /// <summary>The service or resource concerned (tag, label or dimension); null when nothing names one.</summary>
    public string? Component { get; init; }

    public SignalReference? Signal { get; init; }

    public double? Observed { get; init; }

    public double? Threshold { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Other subjects that this one rests on: a composite alarm's triggering children.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>The sender's own grouping (Alertmanager's <c>groupKey</c>), a hint for correlation; null when there is none.</summary>
    public string? GroupKey { get; init; }

    /// <summary>Links for people: runbook, console, dashboard.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];
}

/// <summary>What a trigger's state means to the pipeline.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerCondition>))]
public enum TriggerCondition
{
    /// <summary>Something is wrong.</summary>
    [JsonStringEnumMemberName("firing")] Firing,

    /// <summary>It is right again.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>Nothing can be said (INSUFFICIENT_DATA): neither opens nor closes an incident.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Not about a fault at all (an edited alarm, an investigation's progress): kept as evidence, opens nothing.</summary>
    [JsonStringEnumMemberName("informational")] Informational,
}

/// <summary>A severity as the sender claims it, in ascending order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeverityHint>))]
public enum SeverityHint
{
    [JsonStringEnumMemberName("none")] None = 0,
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
    [JsonStringEnumMemberName("critical")] Critical,
}

/// <summary>Why nobody should be disturbed, and until when.</summary>
/// <param name="Rule">What did it: a mute rule's ARN, <c>WaitPeriod</c>, a maintenance window's name.</param>
/// <param name="Until">When it ends, in event time; null when the sender doesn't say.</param>
public sealed record Suppression(string Rule, string Reason, DateTimeOffset? Until = null);

/// <summary>The metric or query behind an alarm.</summary>
/// <param name="Metric">Of metric math: the metric of its first input.</param>
/// <param name="Dimensions">Of metric math: those that all of its inputs share.</param>
/// <param name="Expression">Metric math, a Metrics Insights or Logs Insights query; null for a plain metric.</param>
/// <param name="Inputs">The metrics that metric math is made of, in their order; null for everything else.</param>
public sealed record SignalReference(
    string? Namespace,
    string? Metric,
    IReadOnlyDictionary<string, string> Dimensions,
    string? Statistic = null,
    TimeSpan? Period = null,
    string? Unit = null,
    string? Expression = null,
    IReadOnlyList<SignalReference>? Inputs = null);

/// <summary>A link for people.</summary>
public sealed record Link(string Title, string Url);

/// <summary>The systems whose events are understood, by the names EventBridge uses where it knows them.</summary>
public static class TriggerSource
{
    public const string CloudWatch = "aws.cloudwatch";
    public const string DevOpsGuru = "aws.devops-guru";
    public const string CostAnomalyDetection = "aws.ce";
    public const string Health = "aws.health";
    public const string GuardDuty = "aws.guardduty";
    public const string DevOpsAgent = "aws.aidevops";
    public const string Sns = "aws.sns";
    public const string Alertmanager = "alertmanager";
    public const string Grafana = "grafana";
    public const string Webhook = "webhook";
}
