using System.Text.Json;
using Aiops.Analysis.Telemetry;

namespace Aiops.Aws.Changes;

/// <summary>What sort of change an API call is.</summary>
internal static class TrailKind
{
    private static readonly HashSet<string> Deployments = new(StringComparer.Ordinal)
    {
        "UpdateFunctionCode", "PublishVersion", "PublishLayerVersion", "UpdateAlias", "CreateDeployment", "StartDeployment",
        "RegisterTaskDefinition", "StartPipelineExecution", "ExecuteChangeSet", "CreateStack", "UpdateStack", "RollbackStack",
        "UpdateStackSet", "CreateStackInstances", "UpdateStage", "StartInstanceRefresh", "UpdateStateMachine", "StartBuild",
        "CreateServiceDeployment", "UpdateApplicationVersion", "UpdateEnvironment",
    };

    private static readonly HashSet<string> Scalings = new(StringComparer.Ordinal)
    {
        "SetDesiredCapacity", "UpdateAutoScalingGroup", "TerminateInstanceInAutoScalingGroup", "PutScalingPolicy",
        "RegisterScalableTarget", "DeregisterScalableTarget", "PutFunctionConcurrency", "DeleteFunctionConcurrency",
        "PutProvisionedConcurrencyConfig", "DeleteProvisionedConcurrencyConfig", "UpdateShardCount", "IncreaseReplicaCount",
        "DecreaseReplicaCount", "ModifyReplicationGroupShardConfiguration", "UpdateTable", "PutScheduledUpdateGroupAction",
    };

    private static readonly string[] Permissions =
    [
        "Policy", "Permission", "SecurityGroup", "AttachRole", "DetachRole", "AccessKey", "LoginProfile", "Grant", "Acl",
        "PublicAccess",
    ];

    private static readonly string[] Building =
    [
        "Create", "Delete", "Terminate", "Run", "Reboot", "Stop", "Start", "Attach", "Detach", "Associate",
        "Disassociate", "Replace", "Allocate", "Release", "Restore", "Failover", "Promote", "Import", "Register",
        "Deregister",
    ];

    public static ChangeKind Of(string service, string name, JsonElement parameters) => (service, name) switch
    {
        _ when Deployments.Contains(name) => ChangeKind.Deployment,
        ("ecs", "UpdateService") => parameters.Part("taskDefinition") is null && parameters.Part("desiredCount") is not null
            ? ChangeKind.Scaling
            : ChangeKind.Deployment,
        _ when Scalings.Contains(name) => ChangeKind.Scaling,
        ("monitoring", _) => ChangeKind.Alarm,
        ("iam" or "sts" or "sso", _) => ChangeKind.Permission,
        _ when Permissions.Any(word => name.Contains(word, StringComparison.Ordinal)) => ChangeKind.Permission,
        _ when Building.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)) => ChangeKind.Infrastructure,
        _ when name.StartsWith("Update", StringComparison.Ordinal) || name.StartsWith("Put", StringComparison.Ordinal)
            || name.StartsWith("Modify", StringComparison.Ordinal) || name.StartsWith("Set", StringComparison.Ordinal)
            => ChangeKind.Configuration,
        _ => ChangeKind.Other,
    };
}
