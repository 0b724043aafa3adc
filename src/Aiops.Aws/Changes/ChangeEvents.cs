using System.Globalization;
using System.Text.Json;
using Aiops.Analysis.Telemetry;

namespace Aiops.Aws.Changes;

/// <summary>
/// Reads what EventBridge tells of changes: API calls by CloudTrail, deployments of CodeDeploy and ECS, stacks of CloudFormation.
/// A pure function: null for what changes nothing, and for what isn't understood.
/// </summary>
public static class ChangeEvents
{
    public static ChangeRecord? Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || message.Part("detail") is not { ValueKind: JsonValueKind.Object } detail)
        {
            return null;
        }

        var type = message.Said("detail-type");
        if (type.EndsWith("via CloudTrail", StringComparison.Ordinal))
        {
            return TrailChange.Read(detail);
        }

        var change = type switch
        {
            "CodeDeploy Deployment State-change Notification" => CodeDeploy(message, detail),
            "ECS Deployment State Change" => EcsDeployment(message, detail),
            "CloudFormation Stack Status Change" => Stack(message, detail),
            _ => null,
        };
        return change is null || message.Said("id") is not { Length: > 0 } id ? null
            : new ChangeRecord(id, message.Said("account"), change);
    }

    private static Change? CodeDeploy(JsonElement message, JsonElement detail)
    {
        var state = detail.Said("state");
        return state is "START" or "SUCCESS" or "FAILURE" or "STOP"
            ? New(
                message, detail.Said("application"), $"CodeDeploy deployment to {detail.Said("deploymentGroup")}: {state}",
                detail.Said("deploymentId"))
            : null;
    }

    private static Change? EcsDeployment(JsonElement message, JsonElement detail)
    {
        var service = message.Part("resources") is { ValueKind: JsonValueKind.Array } resources && resources.GetArrayLength() > 0
            ? resources[0].GetString() ?? ""
            : "";
        return detail.Said("eventName") is { Length: > 0 } name
            ? New(
                message, service[(service.LastIndexOf('/') + 1)..], $"ECS {name}: {detail.Said("reason")}".TrimEnd(' ', ':'),
                detail.Said("deploymentId"))
            : null;
    }

    // Its beginning and its end; the steps between are CloudFormation's own.
    private static Change? Stack(JsonElement message, JsonElement detail)
    {
        var status = detail.Part("status-details")?.Said("status") ?? "";
        var telling = status is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS" or "DELETE_IN_PROGRESS" or "ROLLBACK_IN_PROGRESS"
                or "UPDATE_ROLLBACK_IN_PROGRESS" or "IMPORT_IN_PROGRESS"
            || status.EndsWith("_COMPLETE", StringComparison.Ordinal) && !status.Contains("CLEANUP", StringComparison.Ordinal)
            || status.EndsWith("_FAILED", StringComparison.Ordinal);
        var stack = detail.Said("stack-id"); // arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/5f3d…
        var name = stack.Split('/').ElementAtOrDefault(1) ?? stack;
        return telling ? New(message, name, $"CloudFormation stack {name}: {status}", stack) : null;
    }

    private static Change? New(JsonElement message, string component, string summary, string reference)
        => DateTimeOffset.TryParse(message.Said("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new Change(at, component, ChangeKind.Deployment, summary, Actor: "", reference)
            : null;
}
