using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Envelopes;

namespace Aiops.Pipeline.Intake.Formats.Aws;

/// <summary>
/// A security finding: for the security team and as context. It has no closing event. Its texts hold what an attacker may
/// have chosen (domains, user agents), so they are never taken as instructions or as our own words.
/// </summary>
internal static class GuardDutyFinding
{
    public static Reading Read(EventBridgeEvent message)
    {
        var detail = message.Detail;
        if (detail.Scalar("id") is not { } id)
        {
            return Reading.Expected("$.detail.id", "the finding's id", detail.Member("id"));
        }

        var service = detail.Member("service");
        var (seen, path) = EventTime.Read(service.Member("eventFirstSeen")) is null
            ? (detail.Member("createdAt", "updatedAt"), "$.detail.createdAt")
            : (service.Member("eventFirstSeen"), "$.detail.service.eventFirstSeen");
        if (OccurredAt.From(seen, path, message.Delivery, out var problem) is not { } occurred)
        {
            return problem;
        }

        var type = detail.Text("type");
        var severity = detail.Number("severity");
        return new Trigger
        {
            Source = TriggerSource.GuardDuty,
            SourceId = $"{id}+{detail.Scalar("updatedAt") ?? message.Delivery.MessageId}",
            Subject = id,
            State = "firing",
            Condition = TriggerCondition.Firing,
            OccurredAt = occurred.Time,
            Title = detail.Text("title") ?? type ?? $"GuardDuty finding {id}",
            Description = detail.Text("description"),
            Reason = occurred.Explain(null),
            Account = detail.Scalar("accountId") ?? message.Delivery.Account,
            Region = detail.Text("region") ?? message.Delivery.Region,
            SeverityHint = Hint(severity),
            Component = Resource(detail.Member("resource")),
            Signal = new SignalReference("AWS/GuardDuty", type, new Dictionary<string, string>()),
            Observed = severity,
            Tags = Tags(detail),
        };
    }

    /// <summary>The bands of the GuardDuty User Guide, "Severity levels for findings".</summary>
    private static SeverityHint Hint(double? severity) => severity switch
    {
        null => SeverityHint.None,
        >= 9 => SeverityHint.Critical,
        >= 7 => SeverityHint.High,
        >= 4 => SeverityHint.Medium,
        _ => SeverityHint.Low,
    };

    private static string? Resource(JsonElement resource)
        => resource.Member("instanceDetails").Text("instanceId")
            ?? resource.Member("lambdaDetails").Text("functionName")
            ?? resource.Member("ecsClusterDetails").Text("name")
            ?? resource.Member("eksClusterDetails").Text("name")
            ?? resource.Member("rdsDbInstanceDetails").Text("dbInstanceIdentifier")
            ?? resource.Items("s3BucketDetails").FirstOrDefault().Text("name")
            ?? resource.Member("accessKeyDetails").Text("userName");

    private static Dictionary<string, string> Tags(JsonElement detail)
    {
        var tags = new Dictionary<string, string>();
        if (detail.Member("resource").Text("resourceType") is { } type)
        {
            tags["resourceType"] = type;
        }

        return tags;
    }
}
