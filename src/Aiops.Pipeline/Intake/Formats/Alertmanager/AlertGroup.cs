using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Alertmanager;

/// <summary>
/// The webhook of Alertmanager (version 4) and of Grafana's alerting (version 1, with <c>orgId</c>): many alerts, each with a
/// state of its own, for the group stays "firing" while one member of it does.
/// </summary>
internal sealed class AlertGroup
{
    private readonly Delivery delivery;
    private readonly string source;
    private readonly string? groupKey;
    private readonly string? groupStatus;

    // Read and cut once: a group may hold thousands of alerts, and each may fall back on these.
    private readonly IReadOnlyDictionary<string, string> commonLabels;
    private readonly IReadOnlyDictionary<string, string> commonAnnotations;

    public AlertGroup(JsonElement group, Delivery delivery)
    {
        this.delivery = delivery;
        source = group.Has("orgId") ? TriggerSource.Grafana : TriggerSource.Alertmanager;
        groupKey = group.Text("groupKey") is { } key ? TriggerLimits.Hashed(key) : null;
        groupStatus = group.Text("status");
        commonLabels = TriggerLimits.Cut(group.Member("commonLabels").Pairs());
        commonAnnotations = TriggerLimits.Cut(group.Member("commonAnnotations").Pairs());
    }

    public static bool Fits(JsonElement element)
        => element.Has("alerts")
            && (element.Has("groupKey") || element.Has("receiver") || element.Has("groupLabels") || element.Has("commonLabels"));

    public Reading Read(JsonElement alert)
    {
        var status = alert.Text("status") ?? groupStatus;
        if (Condition(status) is not { } condition)
        {
            return Reading.Expected("$.status", "firing or resolved", alert.Member("status"));
        }

        var labels = alert.Member("labels").Pairs();
        if (labels.Count == 0)
        {
            labels = commonLabels;
        }

        var fingerprint = alert.Scalar("fingerprint") ?? (labels.Count > 0 ? Digest.Of(labels) : null);
        if (fingerprint is null)
        {
            return Reading.Expected("$.labels", "labels or a fingerprint", alert.Member("labels"));
        }

        if (OccurredAt.From(alert.Member("startsAt"), "$.startsAt", delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var annotations = alert.Member("annotations").Pairs();
        string? Label(string name) => labels.Find(name) ?? commonLabels.Find(name);
        string? Note(string name) => annotations.Find(name) ?? commonAnnotations.Find(name);
        return new Trigger
        {
            Source = source,
            SourceId = $"{fingerprint}+{status}+{alert.Text("startsAt") ?? occurred.Time.ToString("O")}",
            Subject = fingerprint,
            State = status!,
            Condition = condition,
            OccurredAt = occurred.Time,
            // While it fires, the end is the year 1 or a guess.
            EndedAt = condition == TriggerCondition.Resolved ? EventTime.Read(alert.Member("endsAt")) : null,
            Title = Label("alertname") ?? Note("summary") ?? $"alert {fingerprint}",
            Description = Description(Note("summary"), Note("description") ?? Note("message")),
            Reason = occurred.Explain(alert.Text("valueString")),
            Account = Label("account") ?? Label("account_id") ?? Label("aws_account_id"),
            Region = Label("region") ?? Label("aws_region"),
            SeverityHint = FirstHint(SeverityWords.FromTags(labels), SeverityWords.FromTags(commonLabels)),
            Component = Components.FromTags(labels) ?? Components.FromTags(commonLabels)
                ?? Label("job") ?? Label("container") ?? Label("pod"),
            Signal = Label("alertname") is { } name ? new SignalReference(null, name, labels) : null,
            Observed = Observed(alert),
            Threshold = alert.Member("annotations").Number("threshold"),
            Tags = labels,
            GroupKey = groupKey,
            Links = Links.Of(
                ("Runbook", Note("runbook_url") ?? Note("runbook")),
                ("Dashboard", alert.Text("dashboardURL")),
                ("Panel", alert.Text("panelURL")),
                ("Query", alert.Text("generatorURL"))),
        };
    }

    private static TriggerCondition? Condition(string? status) => status?.Trim().ToLowerInvariant() switch
    {
        "firing" or "alerting" => TriggerCondition.Firing,
        "resolved" or "ok" => TriggerCondition.Resolved,
        _ => null,
    };

    private static SeverityHint FirstHint(SeverityHint own, SeverityHint common) => own == SeverityHint.None ? common : own;

    private static string? Description(string? summary, string? description)
        => summary is null || description is null || summary == description ? summary ?? description : $"{summary}\n{description}";

    /// <summary>Grafana tells the values of the rule's steps; only a lone one is surely the measured one.</summary>
    private static double? Observed(JsonElement alert)
    {
        var values = alert.Member("values");
        if (values.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var numbers = values.EnumerateObject().Take(2).Select(value => value.Value.AsNumber()).ToList();
        return numbers.Count == 1 ? numbers[0] : null;
    }
}
