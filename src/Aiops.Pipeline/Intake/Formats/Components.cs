namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// What an alarm concerns, in the words of its owner: a tag that names the service, else the dimension that names a resource.
/// </summary>
internal static class Components
{
    private static readonly string[] TagNames =
    [
        "service", "service.name", "service_name", "servicename", "app", "application", "app.kubernetes.io/name", "app_name",
        "component", "workload", "deployment",
    ];

    /// <summary>The narrowest resource first: an ECS service before its cluster, a function before the instance.</summary>
    private static readonly string[] DimensionNames =
    [
        "FunctionName", "ServiceName", "Service", "DBInstanceIdentifier", "DBClusterIdentifier", "TableName", "QueueName",
        "TopicName", "StreamName", "DeliveryStreamName", "StateMachineArn", "LoadBalancer", "LoadBalancerName", "TargetGroup",
        "ApiName", "ApiId", "CacheClusterId", "ReplicationGroupId", "DomainName", "BucketName", "FileSystemId", "DistributionId",
        "ClusterName", "Cluster Name", "AutoScalingGroupName", "InstanceId", "SloName", "LogAnomalyDetector",
    ];

    public static string? FromTags(IReadOnlyDictionary<string, string> tags)
        => TagNames.Select(name => tags.Find(name)).FirstOrDefault(Says);

    public static string? FromDimensions(IReadOnlyDictionary<string, string> dimensions)
        => DimensionNames
            .Select(name => dimensions.GetValueOrDefault(name) is { } value && Says(value) ? Readable(name, value) : null)
            .FirstOrDefault(Says) ?? FromLogGroup(dimensions.GetValueOrDefault("LogGroupName"));

    /// <summary>Where AWS names a log group after what writes to it.</summary>
    public static string? FromLogGroup(string? group) => group?.Split('/') switch
    {
        ["", "aws", "lambda", { Length: > 0 } function] => function,
        ["", "aws", "rds", "instance" or "cluster", { Length: > 0 } database, ..] => database,
        ["", "ecs" or "eks", { Length: > 0 } service] => service,
        _ => null,
    };

    private static string Readable(string name, string value) => (name, value.Split('/')) switch
    {
        ("LoadBalancer", ["app" or "net" or "gwy", { Length: > 0 } balancer, ..]) => balancer,
        ("TargetGroup", ["targetgroup", { Length: > 0 } group, ..]) => group,
        ("StateMachineArn", _) => Arn.Parse(value)?.Name ?? value,
        _ => value,
    };

    private static bool Says(string? value) => !string.IsNullOrWhiteSpace(value);
}
