namespace Aiops.Cli.Deploy;

/// <summary>
/// List prices of us-east-1 in US dollars, without free tiers and taxes, as AWS's price pages say them; <c>docs/scale.md</c> names
/// the pages. Other Regions differ by up to a third.
/// </summary>
internal static class Prices
{
    public const string Basis = "us-east-1 list prices, no free tier";

    /// <summary>By resource type, a month.</summary>
    public static IReadOnlyDictionary<string, decimal> AMonth { get; } = new SortedDictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["AWS::CloudWatch::Alarm"] = 0.10m,
        ["AWS::CloudWatch::CompositeAlarm"] = 0.50m,
        ["AWS::CloudWatch::Dashboard"] = 3.00m,
        ["AWS::KMS::Key"] = 1.00m,
        ["AWS::SecretsManager::Secret"] = 0.40m,
    };

    public const decimal CustomMetricAMonth = 0.30m;
    public const decimal StateTransition = 0.000025m;
    public const decimal LambdaRequest = 0.0000002m;
    public const decimal LambdaArmGigabyteSecond = 0.0000133334m;
    public const decimal QueueRequest = 0.0000004m;
    public const decimal DynamoWriteUnit = 0.000000625m;
    public const decimal DynamoReadUnit = 0.000000125m;
    public const decimal S3Write = 0.000005m;
    public const decimal S3Read = 0.0000004m;
    public const decimal MetricAsked = 0.00001m;
    public const decimal LogsScannedGigabyte = 0.005m;
    public const decimal LogsWrittenGigabyte = 0.50m;
    public const decimal TraceRetrieved = 0.0000005m;
}
