using System.Text.Json;

namespace Aiops.Aws.Changes;

/// <summary>
/// What CloudTrail records and nobody would call a change: reading, signing in, agents reporting, services talking among
/// themselves, calls that failed.
/// </summary>
internal static class TrailNoise
{
    private static readonly string[] Reading =
    [
        "Describe", "Get", "List", "Lookup", "BatchGet", "Head", "Check", "Test", "Query", "Scan", "Search", "Simulate",
        "Preview", "Validate", "Decode", "Estimate", "Filter", "Select", "Detect", "Poll", "Discover", "Receive",
        "Download", "View",
    ];

    private static readonly HashSet<string> Chatter = new(StringComparer.Ordinal)
    {
        "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "ConsoleLogin", "SwitchRole", "CheckMfa",
        "ExitRole", "CredentialChallenge", "CredentialVerification", "UserAuthentication", "Authenticate", "Federate",
        "Logout", "CreateToken", "CreateLogStream", "CreateLogGroup", "PutLogEvents", "StartQuery", "StopQuery",
        "PutMetricData", "PutTraceSegments", "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
        "GenerateMac", "Sign", "Verify", "ReEncrypt", "CreateGrant", "RetireGrant", "RegisterContainerInstance",
        "SubmitTaskStateChange", "SubmitContainerStateChange", "SubmitAttachmentStateChanges",
        "UpdateInstanceInformation", "UpdateInstanceAssociationStatus", "PutInventory", "PutComplianceItems",
        "PutConfigurePackageResult", "OpenControlChannel", "OpenDataChannel", "CreateControlChannel", "CreateDataChannel",
        "StartSession", "ResumeSession", "TerminateSession", "SendHeartbeat", "RecordLifecycleActionHeartbeat", "Invoke",
        "InvokeFunction", "StartExecution", "StartSyncExecution", "SendTaskSuccess", "SendTaskFailure",
        "SendTaskHeartbeat", "SendMessage", "Publish", "PutEvents", "Converse", "InvokeModel", "Retrieve",
        "StartIngestionJob", "BatchWriteItem", "SharedSnapshotVolumeCreated", "CreateServiceLinkedRole", "RunTask",
        "StartTask",
    };

    // Services that change things on somebody's order: what they do is worth knowing.
    private static readonly HashSet<string> Doers = new(StringComparer.Ordinal)
    {
        "cloudformation.amazonaws.com", "autoscaling.amazonaws.com", "application-autoscaling.amazonaws.com",
        "ecs.application-autoscaling.amazonaws.com", "dynamodb.application-autoscaling.amazonaws.com",
        "codedeploy.amazonaws.com", "codepipeline.amazonaws.com", "ssm.amazonaws.com", "backup.amazonaws.com",
        "rds.amazonaws.com",
    };

    public static bool Is(JsonElement record)
    {
        var name = record.Said("eventName");
        return name.Length == 0
            || record.Is("readOnly")
            || record.Said("errorCode").Length > 0
            || record.Part("managementEvent") is { ValueKind: JsonValueKind.False }
            || Chatter.Contains(name)
            || Reading.Any(verb => name.StartsWith(verb, StringComparison.Ordinal))
            || IsServiceLinked(record);
    }

    private static bool IsServiceLinked(JsonElement record)
    {
        var identity = record.Part("userIdentity") ?? default;
        var by = identity.Said("invokedBy");
        var issuer = identity.Part("sessionContext")?.Part("sessionIssuer")?.Said("userName") ?? "";
        return !Doers.Contains(by)
            && (identity.Said("type") == "AWSService" || issuer.StartsWith("AWSServiceRoleFor", StringComparison.Ordinal));
    }
}
