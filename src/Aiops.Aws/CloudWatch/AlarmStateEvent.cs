using System.Text.Json;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// An alarm's state as EventBridge would have told it: subject, state and time are the same, so intake takes the event for a
/// redelivery where the real one came after all.
/// </summary>
internal sealed record AlarmStateEvent(string Name, string Arn, string State, DateTimeOffset At)
{
    public string? Reason { get; init; }

    public string? ReasonData { get; init; }

    public string? Description { get; init; }

    public double? Threshold { get; init; }

    public IReadOnlyList<MetricDataQuery> Metrics { get; init; } = [];

    /// <summary>Of an alarm over many series; null for the alarm itself.</summary>
    public AlarmContributor? Contributor { get; init; }

    /// <summary>The same by every look at the same state.</summary>
    public string? Id { get; init; }

    public string Subject => Contributor is null ? Arn : $"{Arn}#{Contributor.ContributorId}";

    public static AlarmStateEvent? Of(MetricAlarm alarm)
        => Of(
            alarm.AlarmName, alarm.AlarmArn, alarm.StateValue,
            alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp) is { } told
            ? told with
            {
                Reason = alarm.StateReason,
                ReasonData = alarm.StateReasonData,
                Description = alarm.AlarmDescription,
                Threshold = alarm.Threshold,
                Metrics = alarm.Metrics.Count > 0 ? alarm.Metrics : Plain(alarm),
            }
            : null;

    public static AlarmStateEvent? Of(CompositeAlarm alarm)
        => Of(
            alarm.AlarmName, alarm.AlarmArn, alarm.StateValue,
            alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp) is { } told
            ? told with { Reason = alarm.StateReason, ReasonData = alarm.StateReasonData, Description = alarm.AlarmDescription }
            : null;

    public byte[] ToBody(string account, string region)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", Id ?? IdOf(Subject, State, At));
            json.WriteString("detail-type", Contributor is null
                ? "CloudWatch Alarm State Change"
                : "CloudWatch Alarm Contributor State Change");
            json.WriteString("source", "aws.cloudwatch");
            json.WriteString("account", account);
            json.WriteString("time", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
            json.WriteString("region", region);
            json.WriteStartArray("resources");
            json.WriteStringValue(Arn);
            json.WriteEndArray();
            WriteDetail(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>Intake knows a message by its id, whatever time it bears.</summary>
    public static string IdOf(string subject, string state, DateTimeOffset at)
        => TriggerKeys.Derive("reconciled-", subject, state, StampOf(at));

    private static AlarmStateEvent? Of(string? name, string? arn, string? state, DateTimeOffset? at)
        => name is null || arn is null || state is null || at is null ? null : new AlarmStateEvent(name, arn, state, at.Value);

    private static IReadOnlyList<MetricDataQuery> Plain(MetricAlarm alarm) => alarm.MetricName is null ? [] :
    [
        new MetricDataQuery
        {
            Id = "m1",
            ReturnData = true,
            MetricStat = new MetricStat
            {
                Metric = new Metric { Namespace = alarm.Namespace, MetricName = alarm.MetricName, Dimensions = alarm.Dimensions },
                Period = alarm.Period ?? 60,
                Stat = alarm.Statistic ?? alarm.ExtendedStatistic ?? "Average",
                Unit = alarm.Unit,
            },
        },
    ];

    private static string StampOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'");

    private void WriteDetail(Utf8JsonWriter json)
    {
        json.WriteStartObject("detail");
        json.WriteString("alarmName", Name);
        if (Contributor is not null)
        {
            json.WriteStartObject("alarmContributor");
            json.WriteString("id", Contributor.ContributorId);
            WritePairs(json, "attributes", Contributor.ContributorAttributes ?? new Dictionary<string, string>());
            json.WriteEndObject();
        }

        json.WriteStartObject("state");
        json.WriteString("value", State);
        json.WriteString("timestamp", StampOf(At));
        WriteWhereSaid(json, "reason", Reason);
        WriteWhereSaid(json, "reasonData", ReasonData);
        json.WriteEndObject();
        json.WriteStartObject("configuration");
        WriteWhereSaid(json, "description", Description);
        if (Threshold is { } threshold)
        {
            json.WriteNumber("threshold", threshold);
        }

        json.WriteStartArray("metrics");
        foreach (var query in Metrics)
        {
            Write(json, query);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MetricDataQuery query)
    {
        json.WriteStartObject();
        json.WriteString("id", query.Id);
        WriteWhereSaid(json, "expression", query.Expression);
        if (query.MetricStat is { } stat)
        {
            json.WriteStartObject("metricStat");
            json.WriteStartObject("metric");
            WriteWhereSaid(json, "namespace", stat.Metric.Namespace);
            WriteWhereSaid(json, "name", stat.Metric.MetricName);
            var dimensions = (stat.Metric.Dimensions ?? []).DistinctBy(d => d.Name).ToDictionary(d => d.Name, d => d.Value);
            WritePairs(json, "dimensions", dimensions);
            json.WriteEndObject();
            json.WriteNumber("period", stat.Period);
            json.WriteString("stat", stat.Stat);
            WriteWhereSaid(json, "unit", stat.Unit);
            json.WriteEndObject();
        }

        json.WriteBoolean("returnData", query.ReturnData ?? true);
        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteWhereSaid(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
