namespace Aiops.Cli.Deploy;

/// <summary>One line of what a deployment costs.</summary>
/// <param name="Quantity">How many, in words a person checks (<c>7 keys</c>).</param>
/// <param name="Dollars">A month, or an incident.</param>
internal sealed record CostLine(string What, string Quantity, decimal Dollars);

/// <summary>How much work comes in. What one incident takes besides is docs/scale.md's.</summary>
internal sealed record DeploymentLoad
{
    public int IncidentsAMonth { get; init; } = 300;

    public int AlarmsAMonth { get; init; } = 10_000;

    /// <summary>Gigabytes that one analysis scans in Logs Insights: the largest part, and the account's to bound by its log groups.</summary>
    public decimal LogGigabytes { get; init; } = 1m;

    /// <summary>US dollars that a language model costs for one analysis, where the stack asks one: its price, and how much it is asked.</summary>
    public decimal ModelDollars { get; init; } = 0.09m;
}

/// <summary>
/// Adds up what a stack costs when nothing happens, and what an incident and an alarm add. The quantities are worked out in
/// docs/scale.md, which says what they assume.
/// </summary>
internal static class DeploymentCost
{
    private const int Analyses = 2;
    private const int MinutesAMonth = 30 * 24 * 60;
    private const int Metrics = 20; // What FunctionMetrics counts at most, by function.
    private const int ModelMetrics = 4; // Calls, tokens and cost of the function Reason, returns of the sweep.
    private const int ModelSeconds = 20; // An analysis, at the function's one gigabyte.
    private const int Polls = 2 * 5 * 3; // A minute: two queues, Lambda's five pollers each, twenty seconds a poll.

    /// <summary>A month without incidents.</summary>
    public static IReadOnlyList<CostLine> Standing(DeploymentTemplate template)
    {
        var metrics = Metrics + (template.AsksModel ? ModelMetrics : 0);
        var sweeps = MinutesAMonth + (2 * MinutesAMonth / 15);
        return
        [
            .. Prices.AMonth.Where(price => template.Count(price.Key) > 0)
                .Select(price => new CostLine(price.Key, $"{template.Count(price.Key)} × ${price.Value}", template.Count(price.Key) * price.Value)),
            new CostLine("metrics of its own", $"{metrics} at most", metrics * Prices.CustomMetricAMonth),
            new CostLine("polling the queues", $"{Polls * MinutesAMonth:N0} requests", Polls * MinutesAMonth * Prices.QueueRequest),
            new CostLine(
                "sweeps", $"{sweeps:N0} of .3 s at {MeanGigabytes(template):0.##} GB",
                sweeps * (Prices.LambdaRequest + (0.3m * MeanGigabytes(template) * Prices.LambdaArmGigabyteSecond) + (4 * Prices.DynamoReadUnit))),
            new CostLine("logs of its own", "1 GB", Prices.LogsWrittenGigabyte),
        ];
    }

    /// <summary>One incident: analysed twice, resolved, reviewed.</summary>
    public static IReadOnlyList<CostLine> AnIncident(DeploymentTemplate template, DeploymentLoad load) =>
    [
        new CostLine("state transitions", "38", 38 * Prices.StateTransition),
        new CostLine("functions", "131 GB-s, 29 requests", (131 * Prices.LambdaArmGigabyteSecond) + (29 * Prices.LambdaRequest)),
        new CostLine("metrics asked for", $"{Analyses} × 300", Analyses * 300 * Prices.MetricAsked),
        new CostLine("logs scanned", $"{Analyses} × {load.LogGigabytes} GB", Analyses * load.LogGigabytes * Prices.LogsScannedGigabyte),
        new CostLine("traces scanned and retrieved", $"{Analyses} × 2,100", Analyses * 2_100 * Prices.TraceRetrieved),
        new CostLine("table", "110 written, 300 read", (110 * Prices.DynamoWriteUnit) + (300 * Prices.DynamoReadUnit)),
        new CostLine("documents", "28 written, 60 read", (28 * Prices.S3Write) + (60 * Prices.S3Read)),
        new CostLine("logs of its own", ".3 MB", 0.0003m * Prices.LogsWrittenGigabyte),
        .. template.AsksModel ? OfModel(load) : [],
    ];

    /// <summary>A thousand alarms of a storm, through the queue into their incidents.</summary>
    public static IReadOnlyList<CostLine> AThousandAlarms() =>
    [
        new CostLine("queue", "1,200 requests", 1_200 * Prices.QueueRequest),
        new CostLine("intake", "10 GB-s", 10 * Prices.LambdaArmGigabyteSecond),
        new CostLine("table", "7,000 written, 4,000 read", (7_000 * Prices.DynamoWriteUnit) + (4_000 * Prices.DynamoReadUnit)),
    ];

    private static CostLine[] OfModel(DeploymentLoad load) =>
    [
        new CostLine("language model", $"{Analyses} × ${load.ModelDollars}", Analyses * load.ModelDollars),
        new CostLine("functions that wait for it", $"{Analyses} × {ModelSeconds} GB-s", Analyses * ModelSeconds * Prices.LambdaArmGigabyteSecond),
    ];

    private static decimal MeanGigabytes(DeploymentTemplate template)
        => template.FunctionMemory.Count == 0 ? 1m : (decimal)template.FunctionMemory.Average() / 1024m;
}
