using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>
/// A change of an alarm or of one contributor to it: metric, metric math, anomaly band, composite, Metrics Insights, logs,
/// SLO burn rate. See "CloudWatch events and EventBridge" in the CloudWatch User Guide.
/// </summary>
internal static class AlarmStateChange
{
    public const string ContributorType = "CloudWatch Alarm Contributor State Change";

    public static Reading Read(EventBridgeEvent message)
    {
        // Without its contributor such an event would pass for one of the whole alarm, and could resolve it.
        if (message.Type == ContributorType && Contributor.From(message.Detail.Member("alarmContributor")) is null)
        {
            return Reading.Expected(
                "$.detail.alarmContributor.id", "the contributor's id", message.Detail.Member("alarmContributor").Member("id"));
        }

        var arn = message.Resources.Select(resource => resource.AsText()).FirstOrDefault(arn => Arn.Parse(arn) is { Kind: "alarm" });
        return Read(message.Detail, "$.detail", arn, message.Delivery);
    }

    /// <param name="detail">The part that EventBridge calls <c>detail</c> and the Lambda action <c>alarmData</c>.</param>
    public static Reading Read(JsonElement detail, string path, string? arn, Delivery delivery)
    {
        if (AlarmIdentity.From(detail.Text("alarmName"), arn, delivery.Account, delivery.Region) is not { } alarm)
        {
            return Reading.Expected($"{path}.alarmName", "the alarm's name", detail.Member("alarmName"));
        }

        var state = detail.Member("state");
        var reason = state.Text("reason");
        if (AlarmState.Condition(state.Text("value"), reason, detail.Member("previousState").Text("reason")) is not { } condition)
        {
            return Reading.Expected($"{path}.state.value", AlarmState.Expected, state.Member("value"));
        }

        if (OccurredAt.From(state.Member("timestamp"), $"{path}.state.timestamp", delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var configuration = detail.Member("configuration");
        var judged = ReasonData.From(state.Member("reasonData"));
        var tags = detail.Member("alarmTags").Pairs();
        var signal = Signals.FromMetrics(configuration.Member("metrics")) ?? Signals.FromQuery(configuration);
        var contributor = Contributor.From(detail.Member("alarmContributor"));
        return new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = delivery.MessageId ?? $"{alarm.Subject}|{contributor?.Id}|{state.Text("value")}|{occurred.Time:O}",
            Subject = contributor is null ? alarm.Subject : $"{alarm.Subject}#{contributor.Id}",
            Contributor = contributor?.Id,
            GroupKey = contributor is not null || Signals.IsMultiSeries(signal) ? alarm.Subject : null, // Both tell of one thing.
            State = state.Text("value")!,
            Condition = condition,
            OccurredAt = occurred.Time,
            Title = contributor is null ? alarm.Name : $"{alarm.Name} ({contributor.Readable})",
            Description = configuration.Text("description"),
            Reason = occurred.Explain(reason),
            Account = alarm.Account,
            Region = alarm.Region,
            SeverityHint = SeverityWords.FromTags(tags),
            SuppressedBy = Suppressions.From(detail, occurred.Time),
            Component = Components.FromTags(tags)
                ?? contributor?.Component
                ?? (signal is null ? null : Components.FromDimensions(signal.Dimensions)),
            Signal = Complete(signal, judged, contributor),
            Observed = judged.Observed,
            Threshold = judged.Threshold ?? configuration.Number("threshold"),
            Tags = tags,
            Children = judged.TriggeringAlarms,
            Links = Links.Of(Links.Runbook(tags), alarm.Console),
        };
    }

    private static SignalReference? Complete(SignalReference? signal, ReasonData judged, Contributor? contributor)
        => signal is null
            ? null
            : signal with
            {
                Dimensions = contributor is null ? signal.Dimensions : contributor.AddTo(signal.Dimensions),
                Statistic = signal.Statistic ?? judged.Statistic,
                Period = signal.Period ?? judged.Period,
                Unit = signal.Unit ?? judged.Unit,
            };
}
