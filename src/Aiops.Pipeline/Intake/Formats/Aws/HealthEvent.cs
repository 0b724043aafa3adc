using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.Aws;

/// <summary>
/// AWS Health says that a service is in trouble, or that something will be done to our resources. The same comes by the
/// primary and the backup Region and in pages, all of which have one communication id.
/// </summary>
internal static class HealthEvent
{
    private const int ShownEntities = 20;

    public static Reading Read(EventBridgeEvent message)
    {
        var detail = message.Detail;
        if (detail.Text("eventArn") is not { } subject)
        {
            return Reading.Expected("$.detail.eventArn", "the event's ARN", detail.Member("eventArn"));
        }

        var state = detail.Text("statusCode");
        var category = detail.Text("eventTypeCategory");
        var actionability = detail.Text("actionability");
        if (Condition(state, category, actionability) is not { } condition)
        {
            return Reading.Expected("$.detail.statusCode", "open, upcoming or closed", detail.Member("statusCode"));
        }

        if (OccurredAt.From(detail.Member("startTime"), "$.detail.startTime", message.Delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var account = detail.Scalar("affectedAccount") ?? message.Delivery.Account;
        var entities = Entities(message);
        var code = detail.Text("eventTypeCode");
        return new Trigger
        {
            Source = TriggerSource.Health,
            SourceId = detail.Text("communicationId") is { } communication
                ? $"{communication}+{account}"
                : $"{subject}|{state}|{occurred.Time:O}+{account}", // Not the envelope's id: the backup Region's differs.
            Subject = subject,
            State = state!,
            Condition = condition,
            OccurredAt = occurred.Time,
            EndedAt = condition == TriggerCondition.Resolved ? EventTime.Read(detail.Member("endTime")) : null,
            Title = $"AWS Health: {code ?? subject}",
            Description = Description(detail),
            Reason = occurred.Explain(null),
            Account = account,
            Region = detail.Text("eventRegion") ?? message.Delivery.Region,
            SeverityHint = Hint(message.Type, category, actionability),
            Component = entities.Count == 1 ? entities[0] : detail.Text("service"),
            Signal = new SignalReference(
                detail.Text("service"),
                code,
                entities.Count == 0 ? [] : new Dictionary<string, string> { ["entities"] = string.Join(",", entities) }),
            Tags = Tags(detail),
        };
    }

    private static TriggerCondition? Condition(string? state, string? category, string? actionability)
        => state?.ToLowerInvariant() switch
        {
            "closed" => TriggerCondition.Resolved,
            "open" or "upcoming" when (category, actionability) is ("accountNotification", "INFORMATIONAL")
                => TriggerCondition.Informational,
            "open" or "upcoming" => TriggerCondition.Firing,
            _ => null,
        };

    /// <summary>An issue is worse than a plan, and what asks us to act is worse than what doesn't.</summary>
    private static SeverityHint Hint(string type, string? category, string? actionability)
    {
        var hint = type == "AWS Health Abuse Event" || category is "issue" or "investigation"
            ? SeverityHint.Medium
            : SeverityHint.Low;
        return actionability == "ACTION_REQUIRED" ? hint + 1 : hint;
    }

    private static List<string> Entities(EventBridgeEvent message)
    {
        var affected = message.Detail.Items("affectedEntities").Select(entity => entity.Text("entityValue")).OfType<string>();
        var resources = message.Resources.Select(resource => resource.AsText()).OfType<string>();
        return [.. affected.Concat(resources).Distinct().Take(ShownEntities)];
    }

    private static string? Description(JsonElement detail)
    {
        var texts = detail.Items("eventDescription").ToList();
        var english = texts.Find(text => text.Text("language")?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true);
        return english.Text("latestDescription") ?? texts.FirstOrDefault().Text("latestDescription");
    }

    private static Dictionary<string, string> Tags(JsonElement detail)
    {
        var tags = new Dictionary<string, string>();
        foreach (var name in (string[])["service", "eventTypeCategory", "eventScopeCode", "actionability"])
        {
            if (detail.Text(name) is { } value)
            {
                tags[name == "service" ? "awsService" : name] = value; // Of AWS, where a tag "service" is one of ours.
            }
        }

        var personas = string.Join(
            ",", detail.Items("personas").Select(persona => persona.AsText()).OfType<string>().Take(ShownEntities));
        if (personas.Length > 0)
        {
            tags["personas"] = personas;
        }

        return tags;
    }
}
