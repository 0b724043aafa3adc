using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Aws;
using Aiops.Pipeline.Intake.Formats.CloudWatch;
using Aiops.Pipeline.Intake.Formats.Webhook;

namespace Aiops.Pipeline.Intake.Formats.Envelopes;

/// <summary>
/// The envelope of EventBridge. What is in it is known by its <c>detail-type</c>, for CloudWatch sends the same under two
/// sources (<c>aws.cloudwatch</c> and <c>aws.monitoring</c>).
/// </summary>
internal sealed record EventBridgeEvent(JsonElement Root, string Type, JsonElement Detail, Delivery Delivery)
{
    /// <summary>The event's id, or null when it says none.</summary>
    public string? Id => Root.Text("id");

    public IEnumerable<JsonElement> Resources => Root.Items("resources");

    public static Reading Read(JsonElement root, Delivery outer)
    {
        if (root.Text("detail-type") is not { } type)
        {
            return Reading.Expected("$.detail-type", "a text", root.Member("detail-type"));
        }

        if (root.Member("detail") is not { ValueKind: JsonValueKind.Object } detail)
        {
            return Reading.Expected("$.detail", "an object", root.Member("detail"));
        }

        var id = root.Text("id");
        var delivery = outer.With(id, EventTime.Read(root.Member("time")), root.Scalar("account"), root.Text("region"));
        return new EventBridgeEvent(root, type, detail, delivery).Dispatch(root.Text("source"));
    }

    private Reading Dispatch(string? source) => Type switch
    {
        "CloudWatch Alarm State Change" or AlarmStateChange.ContributorType => AlarmStateChange.Read(this),
        "CloudWatch Alarm Configuration Change" => AlarmConfigurationChange.Read(this),
        "GuardDuty Finding" => GuardDutyFinding.Read(this),
        "AWS Health Event" or "AWS Health Abuse Event" => HealthEvent.Read(this),
        "Anomaly Detected" when source is "aws.ce" or null => CostAnomaly.Read(this),
        _ when Type.StartsWith("DevOps Guru ", StringComparison.Ordinal) => GuruInsight.Read(this),
        _ when source == TriggerSource.DevOpsAgent || IsOfDevOpsAgent => DevOpsAgentEvent.Read(this),
        _ when source?.StartsWith("aws.", StringComparison.Ordinal) != true && GenericWebhook.Fits(Detail)
            => GenericWebhook.Read(Detail, "$.detail", Delivery),
        _ => Reading.Failed(
            $"not an event that is understood: detail-type {Type.Quoted(60)} of source {source?.Quoted(60) ?? "nothing"}; "
            + "see events/README.md, and narrow the rule that sends it"),
    };

    private bool IsOfDevOpsAgent
        => (Type.StartsWith("Investigation ", StringComparison.Ordinal) || Type.StartsWith("Mitigation ", StringComparison.Ordinal))
            && Detail.Has("metadata");
}
