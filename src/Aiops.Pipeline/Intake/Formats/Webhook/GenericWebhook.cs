using System.Text;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Webhook;

/// <summary>
/// Our own format, for whatever else can post JSON: <c>title</c> is all that is required, and each member goes by the names
/// that other systems give it too. <c>events/README.md</c> documents it.
/// </summary>
internal static class GenericWebhook
{
    private static readonly string[] Titles =
        ["title", "alarmName", "alarm_name", "alarm", "alertName", "alert_name", "alertname", "summary"];

    private static readonly string[] States = ["state", "status", "alertState", "alert_state", "event_action"];

    private static readonly string[] Times =
        ["occurredAt", "occurred_at", "startsAt", "starts_at", "timestamp", "time", "date", "createdAt", "created_at"];

    private static readonly string[] Subjects =
        ["subject", "dedupKey", "dedup_key", "fingerprint", "incidentKey", "incident_key", "alertId", "alert_id"];

    public static bool Fits(JsonElement element) => element.Text(Titles) is not null;

    public static Reading Read(JsonElement root, string path, Delivery delivery)
    {
        if (root.Text(Titles) is not { } title)
        {
            return Reading.Expected($"{path}.title", "a text", root.Member(Titles));
        }

        var said = root.Member(States);
        var state = said.ValueKind == JsonValueKind.Undefined ? "firing" : root.Text(States);
        if (StateWords.Read(state) is not { } condition)
        {
            return Reading.Expected($"{path}.state", StateWords.Expected, said);
        }

        if (OccurredAt.From(root.Member(Times), $"{path}.occurredAt", delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var tags = root.Member("tags", "labels").Pairs();
        var component = root.Scalar("service", "component", "app", "application");
        return new Trigger
        {
            Source = TriggerSource.Webhook,
            SourceId = root.Scalar("id", "eventId", "event_id") ?? delivery.MessageId
                ?? Digest.Of(Encoding.UTF8.GetBytes(root.GetRawText())),
            Subject = root.Scalar(Subjects) ?? (component is null ? title : $"{component}/{title}"),
            State = state!,
            Condition = condition,
            OccurredAt = occurred.Time,
            EndedAt = condition == TriggerCondition.Resolved
                ? EventTime.Read(root.Member("endedAt", "ended_at", "endsAt", "resolvedAt"))
                : null,
            Title = title,
            Description = root.Text("description", "message", "details", "text"),
            Reason = occurred.Explain(root.Text("reason")),
            Account = root.Scalar("account", "accountId", "account_id") ?? delivery.Account,
            Region = root.Text("region") ?? delivery.Region,
            SeverityHint = SeverityWords.Read(root.Scalar("severity", "priority", "level", "urgency")) switch
            {
                SeverityHint.None => SeverityWords.FromTags(tags),
                var hint => hint,
            },
            Component = component ?? Components.FromTags(tags) ?? root.Scalar("host", "resource"),
            Signal = Signal(root),
            Observed = root.Number("observed", "value"),
            Threshold = root.Number("threshold"),
            Tags = tags,
            GroupKey = root.Scalar("groupKey", "group_key", "group"),
            Links = Links.Of(
                ("Runbook", root.Text("runbook_url", "runbookUrl", "runbook")),
                ("Dashboard", root.Text("dashboard_url", "dashboardUrl", "dashboard")),
                ("Source", root.Text("url", "link", "generatorURL"))),
        };
    }

    private static SignalReference? Signal(JsonElement root)
        => root.Text("metric", "metricName") is { } metric
            ? new SignalReference(
                root.Text("namespace"),
                metric,
                root.Member("dimensions").Pairs(),
                Statistic: root.Text("statistic"),
                Unit: root.Text("unit"))
            : null;
}
