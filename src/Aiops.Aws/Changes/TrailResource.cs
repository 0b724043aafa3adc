using System.Text.Json;

namespace Aiops.Aws.Changes;

/// <summary>What was changed, by the name under which its alarms know it too.</summary>
internal static class TrailResource
{
    /// <summary>Narrowest first: a service before its cluster. Parameters begin with a small letter, but not all.</summary>
    private static readonly string[] Names =
    [
        "functionName", "service", "serviceName", "dBInstanceIdentifier", "dBClusterIdentifier", "tableName", "queueName",
        "queueUrl", "topicArn", "streamName", "stateMachineArn", "loadBalancerName", "loadBalancerArn", "targetGroupArn",
        "restApiId", "apiId", "cacheClusterId", "replicationGroupId", "bucketName", "fileSystemId", "distributionId",
        "stackName", "alarmName", "autoScalingGroupName", "clusterName", "cluster", "instanceId", "pipelineName",
        "applicationName", "application", "parameterName", "secretId", "roleName", "userName", "groupName", "policyArn",
        "policyName", "groupId", "securityGroupId", "ruleName", "rule", "logGroupName", "keyId", "name", "resource",
        "resourceArn", "resourceId", "id",
    ];

    public static string Of(string service, JsonElement parameters, JsonElement response)
    {
        var found = Names.Select(name => Find(parameters, name)).FirstOrDefault(value => value.Length > 0)
            ?? Names.Select(name => Find(response, name)).FirstOrDefault(value => value.Length > 0)
            ?? FromItems(parameters);
        return Readable(service, found);
    }

    private static string Find(JsonElement parameters, string name)
        => parameters.Said(name) is { Length: > 0 } value
            ? value
            : parameters.Said(char.ToUpperInvariant(name[0]) + name[1..]);

    // EC2 wraps its ids: {"instancesSet":{"items":[{"instanceId":"i-0"}]}}
    private static string FromItems(JsonElement parameters)
        => parameters.Part("instancesSet")?.Part("items") is { ValueKind: JsonValueKind.Array } items
            && items.GetArrayLength() > 0
            ? items[0].Said("instanceId")
            : "";

    private static string Readable(string service, string value)
    {
        if (!value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return service == "sqs" ? value[(value.LastIndexOf('/') + 1)..] : value;
        }

        var resource = value.Split(':', 6)[^1];
        return resource.Split(['/', ':']) switch
        {
            ["loadbalancer", "app" or "net" or "gwy", var balancer, ..] => balancer,
            ["targetgroup", var group, ..] => group,
            ["function" or "stateMachine" or "table" or "secret" or "stack", var name, ..] => name,
            [.., var last] => last,
            _ => resource,
        };
    }
}
