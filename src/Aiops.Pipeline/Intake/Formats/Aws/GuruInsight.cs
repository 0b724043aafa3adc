using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.CloudWatch;
using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.Aws;

/// <summary>
/// An insight of Amazon DevOps Guru opened, grew, got worse or closed. A further anomaly or a recommendation belongs to an
/// insight that is open already, so it is kept as evidence and opens nothing. The service ends on 2027-09-30.
/// </summary>
internal static class GuruInsight
{
    private const string Expected = "NEW_INSIGHT, SEVERITY_UPGRADED, NEW_ASSOCIATION, NEW_RECOMMENDATION or CLOSED_INSIGHT";

    public static Reading Read(EventBridgeEvent message)
    {
        var detail = message.Detail;
        var state = detail.Text("messageType") is { } type && Condition(type) is not null ? type : FromDetailType(message.Type);
        if (Condition(state) is not { } condition)
        {
            return Reading.Expected("$.detail.messageType", Expected, detail.Member("messageType"));
        }

        if (detail.Scalar("insightId") is not { } insight)
        {
            return Reading.Expected("$.detail.insightId", "the insight's id", detail.Member("insightId"));
        }

        if (OccurredAt.From(
            detail.Member("startTime", "startTimeISO"), "$.detail.startTime", message.Delivery, out var problem)
                is not { } occurred)
        {
            return problem;
        }

        var signal = Signal(detail);
        var tags = Tags(detail);
        return new Trigger
        {
            Source = TriggerSource.DevOpsGuru,
            SourceId = message.Delivery.MessageId ?? $"{insight}|{state}|{occurred.Time:O}",
            Subject = insight,
            State = state!,
            Condition = condition,
            OccurredAt = occurred.Time,
            EndedAt = condition == TriggerCondition.Resolved ? EventTime.Read(detail.Member("endTime", "endTimeISO")) : null,
            Title = detail.Text("insightName", "insightDescription") ?? $"DevOps Guru insight {insight}",
            Description = detail.Text("insightDescription"),
            Reason = occurred.Explain(null),
            Account = detail.Scalar("accountId") ?? message.Delivery.Account,
            Region = detail.Text("region") ?? message.Delivery.Region,
            SeverityHint = SeverityWords.Read(detail.Text("insightSeverity")),
            Component = Components.FromTags(tags)
                ?? (signal is null ? null : Components.FromDimensions(signal.Dimensions))
                ?? Stack(detail),
            Signal = signal,
            Tags = tags,
            Links = Links.Of(("DevOps Guru insight", detail.Text("insightUrl"))),
        };
    }

    private static TriggerCondition? Condition(string? state) => state?.ToUpperInvariant() switch
    {
        "NEW_INSIGHT" or "SEVERITY_UPGRADED" => TriggerCondition.Firing,
        "CLOSED_INSIGHT" => TriggerCondition.Resolved,
        "NEW_ASSOCIATION" or "NEW_RECOMMENDATION" => TriggerCondition.Informational,
        _ => null,
    };

    private static string? FromDetailType(string type) => type switch
    {
        "DevOps Guru New Insight Open" => "NEW_INSIGHT",
        "DevOps Guru Insight Severity Upgraded" => "SEVERITY_UPGRADED",
        "DevOps Guru Insight Closed" => "CLOSED_INSIGHT",
        "DevOps Guru New Anomaly Association" => "NEW_ASSOCIATION",
        "DevOps Guru New Recommendation Created" => "NEW_RECOMMENDATION",
        _ => null,
    };

    private static SignalReference? Signal(JsonElement detail)
        => detail.Items("anomalies").SelectMany(anomaly => anomaly.Items("sourceDetails"))
            .Select(source => FromIdentifiers(source.Member("dataIdentifiers")))
            .FirstOrDefault(signal => signal is not null);

    private static SignalReference? FromIdentifiers(JsonElement identifiers)
    {
        if (identifiers.Text("name") is not { } name)
        {
            return null;
        }

        var statistic = identifiers.Text("stat");
        return new SignalReference(
            identifiers.Text("namespace"),
            statistic is not null && name.EndsWith($" {statistic}", StringComparison.Ordinal) // "Latency Average"
                ? name[..^(statistic.Length + 1)]
                : name,
            identifiers.Member("dimensions").Pairs(),
            statistic,
            Signals.Seconds(identifiers.Number("period")),
            identifiers.Text("unit"));
    }

    private static Dictionary<string, string> Tags(JsonElement detail)
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in detail.Member("resourceCollection").Items("tags"))
        {
            if (tag.Text("appBoundaryKey") is { } key
                && tag.Items("tagValues").Select(value => value.AsText()).FirstOrDefault() is { } value)
            {
                tags[key] = value;
            }
        }

        if (detail.Text("insightType") is { } type)
        {
            tags["insightType"] = type;
        }

        return tags;
    }

    private static string? Stack(JsonElement detail)
        => detail.Member("resourceCollection").Member("cloudFormation").Items("stackNames")
            .Select(name => name.AsText()).FirstOrDefault();
}
