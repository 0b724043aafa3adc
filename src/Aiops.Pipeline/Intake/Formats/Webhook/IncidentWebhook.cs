using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Webhook;

/// <summary>
/// The webhook in which others report incidents to AWS DevOps Agent; whoever can send it there can send it here. The alarm
/// behind the incident, where its ARN is in the data, is what the trigger rests on.
/// </summary>
internal static class IncidentWebhook
{
    public static bool Fits(JsonElement element) => element.Has("incidentId") && (element.Has("action") || element.Has("eventType"));

    public static Reading Read(JsonElement root, Delivery delivery)
    {
        if (root.Scalar("incidentId") is not { } incident)
        {
            return Reading.Expected("$.incidentId", "the incident's id", root.Member("incidentId"));
        }

        var state = root.Text("action");
        if (StateWords.Read(state) is not { } condition)
        {
            return Reading.Expected("$.action", "created, updated, closed or resolved", root.Member("action"));
        }

        if (OccurredAt.From(root.Member("timestamp"), "$.timestamp", delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var data = root.Member("data");
        var alarm = Arn.Parse(data.Text("alarmArn"));
        return new Trigger
        {
            Source = TriggerSource.Webhook,
            SourceId = $"{incident}+{state}+{root.Scalar("timestamp") ?? delivery.MessageId}",
            Subject = incident,
            State = state!,
            Condition = condition,
            OccurredAt = occurred.Time,
            Title = root.Text("title") ?? alarm?.Name ?? $"Incident {incident}",
            Description = root.Text("description"),
            Reason = occurred.Explain(null),
            Account = alarm?.Account ?? delivery.Account,
            Region = alarm?.Region ?? delivery.Region,
            SeverityHint = SeverityWords.Read(root.Scalar("priority")),
            Component = root.Text("service"),
            Tags = data.Pairs(),
            Children = alarm is null ? [] : [alarm.Text],
            Links = Links.Of(("CloudWatch alarm", alarm?.Name is { } name ? Links.CloudWatchAlarm(alarm.Region, name) : null)),
        };
    }
}
