using Aiops.Aws.Wire.CloudWatch;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// What is worth knowing of a resource whose alarms name it: the golden signals among the metrics that its service
/// publishes, by the dimension that names it. Names and statistics are those of each service's own documentation.
/// </summary>
internal static class StandardMetrics
{
    private static readonly Resource[] Table =
    [
        new("AWS/Lambda", "FunctionName",
        [
            ("Errors", "Sum", "1"), ("Throttles", "Sum", "1"), ("Duration", "p99", "ms"), ("Duration", "Average", "ms"),
            ("Invocations", "Sum", "1"), ("ConcurrentExecutions", "Maximum", "1"),
        ]),
        new("AWS/ApiGateway", "ApiName",
        [
            ("5XXError", "Sum", "1"), ("4XXError", "Sum", "1"), ("Latency", "p99", "ms"), ("IntegrationLatency", "p99", "ms"),
            ("Count", "Sum", "1"),
        ]),
        new("AWS/ApiGateway", "ApiId",
        [
            ("5xx", "Sum", "1"), ("4xx", "Sum", "1"), ("Latency", "p99", "ms"), ("IntegrationLatency", "p99", "ms"),
            ("Count", "Sum", "1"),
        ]),
        new("AWS/ApplicationELB", "LoadBalancer",
        [
            ("HTTPCode_Target_5XX_Count", "Sum", "1"), ("HTTPCode_ELB_5XX_Count", "Sum", "1"), ("TargetResponseTime", "p99", "s"),
            ("RejectedConnectionCount", "Sum", "1"), ("RequestCount", "Sum", "1"),
        ]),
        new("AWS/ApplicationELB", "TargetGroup", [("UnHealthyHostCount", "Maximum", "1"), ("HealthyHostCount", "Minimum", "1")]),
        new("AWS/RDS", "DBInstanceIdentifier",
        [
            ("CPUUtilization", "Average", "%"), ("DatabaseConnections", "Maximum", "1"), ("ReadLatency", "Average", "s"),
            ("WriteLatency", "Average", "s"), ("DiskQueueDepth", "Average", "1"), ("FreeableMemory", "Minimum", "By"),
            ("FreeStorageSpace", "Minimum", "By"),
        ]),
        new("AWS/DynamoDB", "TableName",
        [
            ("ReadThrottleEvents", "Sum", "1"), ("WriteThrottleEvents", "Sum", "1"), ("ConsumedReadCapacityUnits", "Sum", "1"),
            ("ConsumedWriteCapacityUnits", "Sum", "1"),
        ]),
        new("AWS/SQS", "QueueName",
        [
            ("ApproximateAgeOfOldestMessage", "Maximum", "s"), ("ApproximateNumberOfMessagesVisible", "Maximum", "1"),
            ("NumberOfMessagesSent", "Sum", "1"), ("NumberOfMessagesReceived", "Sum", "1"),
        ]),
        new("AWS/SNS", "TopicName", [("NumberOfNotificationsFailed", "Sum", "1"), ("NumberOfMessagesPublished", "Sum", "1")]),
        new("AWS/Kinesis", "StreamName",
        [
            ("GetRecords.IteratorAgeMilliseconds", "Maximum", "ms"), ("WriteProvisionedThroughputExceeded", "Sum", "1"),
            ("ReadProvisionedThroughputExceeded", "Sum", "1"), ("IncomingRecords", "Sum", "1"),
        ]),
        new("AWS/States", "StateMachineArn",
        [
            ("ExecutionsFailed", "Sum", "1"), ("ExecutionsTimedOut", "Sum", "1"), ("ExecutionThrottled", "Sum", "1"),
            ("ExecutionTime", "p99", "ms"), ("ExecutionsStarted", "Sum", "1"),
        ]),
        new("AWS/ECS", "ServiceName", [("CPUUtilization", "Average", "%"), ("MemoryUtilization", "Average", "%")]),
        new("AWS/EC2", "InstanceId",
        [
            ("CPUUtilization", "Average", "%"), ("StatusCheckFailed", "Maximum", "1"), ("NetworkIn", "Sum", "By"),
            ("NetworkOut", "Sum", "By"),
        ]),
        new("AWS/ElastiCache", "CacheClusterId",
        [
            ("EngineCPUUtilization", "Average", "%"), ("CPUUtilization", "Average", "%"), ("CurrConnections", "Maximum", "1"),
            ("Evictions", "Sum", "1"), ("DatabaseMemoryUsagePercentage", "Maximum", "%"),
        ]),
    ];

    /// <summary>Under the dimensions that an alarm used, whole: a metric under fewer or more of them is another metric.</summary>
    public static IEnumerable<MetricWish> For(
        string component, string? space, IReadOnlyList<Dimension> dimensions, int period, string? account)
        => Table
            .Where(row => row.Namespace == space && row.Dimension == Narrowest(dimensions))
            .SelectMany(row => row.Metrics, (row, m) => MetricWish.Of(
                component, row.Namespace, m.Metric, dimensions, m.Statistic, period, account, m.Unit));

    public static string UnitOf(string? space, string? metric)
        => Table.Where(row => row.Namespace == space).SelectMany(row => row.Metrics)
            .Where(m => m.Metric == metric).Select(m => m.Unit).FirstOrDefault() ?? "";

    // A target group's metrics carry their load balancer's dimension too.
    private static string Narrowest(IReadOnlyList<Dimension> dimensions)
        => dimensions.Any(d => d.Name == "TargetGroup") ? "TargetGroup"
            : Table.FirstOrDefault(row => dimensions.Any(d => d.Name == row.Dimension))?.Dimension ?? "";

    private sealed record Resource(string Namespace, string Dimension, (string Metric, string Statistic, string Unit)[] Metrics);
}
