namespace Aiops.Cli.Deploy;

/// <summary>One line of what a deployment costs.</summary>
/// <param name="Quantity">How many, in words a person checks (<c>7 keys</c>).</param>
/// <param name="Dollars">A month, or an incident.</param>
internal sealed record CostLine(string What, string Quantity, decimal Dollars);

/// <summary>How much work comes in, and what one incident takes. The assumptions are printed with the figures.</summary>
internal sealed record DeploymentLoad
{
    public int IncidentsAMonth { get; init; } = 300;

    public int AlarmsAMonth { get; init; } = 10_000;

    /// <summary>Metrics asked for an incident, with their history.</summary>
    public int Metrics { get; init; } = 200;

    /// <summary>Gigabytes that one Logs Insights query scans: the largest part by far, and the account's to bound by its log groups.</summary>
    public decimal LogGigabytes { get; init; } = 2m;

    public int Traces { get; init; } = 500;

    /// <summary>States of <c>incident.asl.json</c> that one analysis passes: nine and seven branches, entered and left, and the review.</summary>
    public int Transitions { get; init; } = 28;

    /// <summary>Seconds that all functions of an analysis run together: seven sources, and five stages.</summary>
    public decimal FunctionSeconds { get; init; } = 60m;
}

/// <summary>Adds up what a stack costs when nothing happens, and what an incident and an alarm add.</summary>
internal static class DeploymentCost
{
    private const int DomainMetrics = 16; // What FunctionMetrics counts: src/Aiops.Functions.
    private const int SweepsAMonth = 30 * 24 * 60;
    private const decimal SweepSeconds = 0.2m;

    /// <summary>A month without incidents.</summary>
    public static IReadOnlyList<CostLine> Standing(DeploymentTemplate template)
    {
        var gigabytes = MeanGigabytes(template);
        return
        [
            .. Prices.AMonth.Where(price => template.Count(price.Key) > 0)
                .Select(price => new CostLine(price.Key, $"{template.Count(price.Key)} × ${price.Value}", template.Count(price.Key) * price.Value)),
            new CostLine("metrics of its own", $"{DomainMetrics} at most", DomainMetrics * Prices.CustomMetricAMonth),
            new CostLine(
                "the sweep, every minute", $"{SweepsAMonth:N0} of {SweepSeconds} s",
                SweepsAMonth * (Prices.LambdaRequest + (SweepSeconds * gigabytes * Prices.LambdaArmGigabyteSecond) + (4 * Prices.DynamoReadUnit))),
        ];
    }

    /// <summary>One incident, analysed once.</summary>
    public static IReadOnlyList<CostLine> AnIncident(DeploymentTemplate template, DeploymentLoad load)
    {
        var gigabytes = MeanGigabytes(template);
        return
        [
            new CostLine("state transitions", $"{load.Transitions}", load.Transitions * Prices.StateTransition),
            new CostLine("functions", $"{load.FunctionSeconds} s at {gigabytes:0.##} GB", load.FunctionSeconds * gigabytes * Prices.LambdaArmGigabyteSecond),
            new CostLine("metrics asked for", $"{load.Metrics}", load.Metrics * Prices.MetricAsked),
            new CostLine("logs scanned", $"{load.LogGigabytes} GB", load.LogGigabytes * Prices.LogsScannedGigabyte),
            new CostLine("traces retrieved", $"{load.Traces}", load.Traces * Prices.TraceRetrieved),
            new CostLine("documents", "12 written, 30 read", (12 * Prices.S3Write) + (30 * Prices.S3Read)),
        ];
    }

    /// <summary>One alarm through the queue into its incident: a tenth of a batch's commit.</summary>
    public static IReadOnlyList<CostLine> AnAlarm(DeploymentTemplate template)
    {
        var gigabytes = MeanGigabytes(template);
        return
        [
            new CostLine("queue", "3 requests", 3 * Prices.QueueRequest),
            new CostLine("intake", $".05 s at {gigabytes:0.##} GB", 0.05m * gigabytes * Prices.LambdaArmGigabyteSecond),
            new CostLine("table", "12 written, 6 read", (12 * Prices.DynamoWriteUnit) + (6 * Prices.DynamoReadUnit)),
            new CostLine("logs", "1 kB", Prices.LogsWrittenGigabyte / 1_000_000),
        ];
    }

    private static decimal MeanGigabytes(DeploymentTemplate template)
        => template.FunctionMemory.Count == 0 ? 1m : (decimal)template.FunctionMemory.Average() / 1024m;
}
