using Aiops.Aws.Wire.CloudWatch;

namespace Aiops.Aws.CloudWatch;

/// <summary>What is to be known of one component: queries that must travel together, for some are made of others.</summary>
/// <param name="Metric">What the series will be called; a search's are called by their labels.</param>
internal sealed record MetricWish(string Component, string Metric, IReadOnlyList<MetricDataQuery> Queries)
{
    public string Statistic { get; init; } = "";

    /// <summary>As OpenTelemetry writes it; CloudWatch doesn't say it with the data.</summary>
    public string Unit { get; init; } = "";

    public MetricWishKind Kind { get; init; } = MetricWishKind.Plain;

    /// <summary>Equal for the same question, whoever had it.</summary>
    public string Key => string.Join('\n', Queries.Select(q => q.MetricStat is { } stat
        ? $"{q.AccountId}|{Name(stat.Metric)}|{stat.Stat}|{stat.Period}"
        : $"{q.AccountId}|{q.Expression}"));

    /// <summary>One metric as CloudWatch has it.</summary>
    public static MetricWish Of(
        string component,
        string? space,
        string? metric,
        IEnumerable<Dimension> dimensions,
        string statistic,
        int period,
        string? account = null,
        string unit = "")
        => new(component, $"{space} {metric}".Trim(),
            [
                new MetricDataQuery
                {
                    Id = "m",
                    AccountId = account,
                    MetricStat = new MetricStat
                    {
                        Metric = new Metric { Namespace = space, MetricName = metric, Dimensions = [.. dimensions] },
                        Period = period,
                        Stat = statistic,
                    },
                },
            ])
        {
            Statistic = statistic,
            Unit = unit,
        };

    /// <summary>Metrics Insights takes one query a call.</summary>
    public bool IsAlone => Queries.Any(q => q.Expression?.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) == true);

    private static string Name(Metric metric)
    {
        var dimensions = (metric.Dimensions ?? []).OrderBy(d => d.Name, StringComparer.Ordinal);
        return $"{metric.Namespace}|{metric.MetricName}|{string.Join(',', dimensions.Select(d => $"{d.Name}={d.Value}"))}";
    }
}

internal enum MetricWishKind
{
    /// <summary>One series answers.</summary>
    Plain,

    /// <summary>Two answer under one id: what anomaly detection expects at most and at least.</summary>
    Band,

    /// <summary>A search or a Metrics Insights query: any number answer under one id, each known by its label.</summary>
    Search,
}
