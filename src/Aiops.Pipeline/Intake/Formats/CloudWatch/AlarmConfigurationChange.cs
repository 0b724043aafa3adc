using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>
/// The alarm itself was made, edited or deleted: evidence ("its threshold was raised 40 minutes ago"), never a fault. The
/// state of the trigger is the operation, and its description says what changed. A deletion ends what the alarm told, for
/// nobody will ever say that it is right again.
/// </summary>
internal static class AlarmConfigurationChange
{
    private const string Deletion = "delete";

    public static Reading Read(EventBridgeEvent message)
    {
        var detail = message.Detail;
        var configuration = detail.Member("configuration");
        var arn = message.Resources.Select(resource => resource.AsText()).FirstOrDefault(arn => Arn.Parse(arn) is { Kind: "alarm" });
        var name = detail.Text("alarmName") ?? configuration.Text("alarmName");
        if (AlarmIdentity.From(name, arn, message.Delivery.Account, message.Delivery.Region) is not { } alarm)
        {
            return Reading.Expected("$.detail.alarmName", "the alarm's name", detail.Member("alarmName"));
        }

        var operation = detail.Text("operation") ?? "change";
        var edited = operation == Deletion ? default : configuration.Member("timestamp"); // A deletion leaves that of the last edit.
        if (EventTime.Read(edited) is null && message.Delivery.Time is { } sent)
        {
            return Trigger(message, alarm, operation, sent);
        }

        return OccurredAt.From(edited, "$.detail.configuration.timestamp", message.Delivery, out var problem) is { } occurred
            ? Trigger(message, alarm, operation, occurred.Time)
            : problem;
    }

    private static Trigger Trigger(EventBridgeEvent message, AlarmIdentity alarm, string operation, DateTimeOffset time)
    {
        var configuration = message.Detail.Member("configuration");
        var tags = message.Detail.Member("alarmTags").Pairs();
        var signal = Signals.FromMetrics(configuration.Member("metrics")) ?? Signals.FromQuery(configuration);
        var changes = operation == "update"
            ? JsonDifference.Between(message.Detail.Member("previousConfiguration"), configuration)
            : [];
        return new Trigger
        {
            Source = TriggerSource.CloudWatch,
            SourceId = message.Delivery.MessageId ?? $"{alarm.Subject}||{operation}|{time:O}",
            Subject = alarm.Subject,
            State = operation,
            Condition = operation == Deletion ? TriggerCondition.Resolved : TriggerCondition.Informational,
            OccurredAt = time,
            Title = $"{alarm.Name} (alarm {operation})",
            Description = changes.Count > 0 ? string.Join("; ", changes) : configuration.Text("description"),
            Reason = message.Detail.Member("state").Text("reason"),
            Account = alarm.Account,
            Region = alarm.Region,
            SeverityHint = SeverityWords.FromTags(tags),
            Component = Components.FromTags(tags) ?? (signal is null ? null : Components.FromDimensions(signal.Dimensions)),
            Signal = signal,
            Threshold = configuration.Number("threshold"),
            Tags = tags,
            Links = Links.Of(Links.Runbook(tags), alarm.Console),
        };
    }
}
