using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>
/// The message that an alarm publishes to SNS ("Alarm SNS schema" in the CloudWatch User Guide). It tells no datapoints and
/// nothing of muting; its <c>Region</c> is a display name ("EU (Ireland)"), so the Region comes from the ARN.
/// </summary>
internal static class AlarmMessage
{
    public static Reading Read(JsonElement message, Delivery delivery)
    {
        var account = message.Scalar("AWSAccountId") ?? delivery.Account;
        if (AlarmIdentity.From(message.Text("AlarmName"), message.Text("AlarmArn"), account, delivery.Region) is not { } alarm)
        {
            return Reading.Expected("$.AlarmName", "the alarm's name", message.Member("AlarmName"));
        }

        var state = message.Text("NewStateValue");
        var reason = message.Text("NewStateReason");
        if (AlarmState.Condition(state, reason, previousReason: null) is not { } condition)
        {
            return Reading.Expected("$.NewStateValue", AlarmState.Expected, message.Member("NewStateValue"));
        }

        if (OccurredAt.From(message.Member("StateChangeTime"), "$.StateChangeTime", delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var trigger = message.Member("Trigger");
        var tags = message.Member("AlarmTags").Pairs();
        var signal = Signals.FromTrigger(trigger) ?? Signals.FromQuery(message);
        return new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = delivery.MessageId ?? $"{alarm.Subject}||{state}|{occurred.Time:O}",
            Subject = alarm.Subject,
            GroupKey = Signals.IsMultiSeries(signal) ? alarm.Subject : null,
            State = state!,
            Condition = condition,
            OccurredAt = occurred.Time,
            Title = alarm.Name,
            Description = message.Text("AlarmDescription"),
            Reason = occurred.Explain(reason),
            Account = alarm.Account,
            Region = alarm.Region,
            SeverityHint = SeverityWords.FromTags(tags),
            Component = Components.FromTags(tags) ?? (signal is null ? null : Components.FromDimensions(signal.Dimensions)),
            Signal = signal,
            Threshold = trigger.Number("Threshold") ?? message.Number("Threshold"),
            Tags = tags,
            Children = Signals.Arns(message.Member("TriggeringChildren")),
            Links = Links.Of(Links.Runbook(tags), alarm.Console),
        };
    }
}
