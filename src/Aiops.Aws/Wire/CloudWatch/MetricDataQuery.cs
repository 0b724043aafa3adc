namespace Aiops.Aws.Wire.CloudWatch;

/// <summary>Either a <see cref="MetricStat"/> or an <see cref="Expression"/>.</summary>
public sealed record MetricDataQuery
{
    /// <summary>Begins with a small letter; distinct within the call.</summary>
    public required string Id { get; init; }

    public MetricStat? MetricStat { get; init; }

    /// <summary>Metric math, <c>SEARCH(…)</c>, a Metrics Insights query or <c>ANOMALY_DETECTION_BAND(…)</c>.</summary>
    public string? Expression { get; init; }

    public string? Label { get; init; }

    public bool? ReturnData { get; init; }

    /// <summary>Seconds, for expressions.</summary>
    public int? Period { get; init; }

    /// <summary>The account the metric lies in, where this one monitors others.</summary>
    public string? AccountId { get; init; }
}

public sealed record MetricStat
{
    public required Metric Metric { get; init; }

    /// <summary>Seconds.</summary>
    public required int Period { get; init; }

    public required string Stat { get; init; }

    public string? Unit { get; init; }
}

public sealed record Metric
{
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public IReadOnlyList<Dimension>? Dimensions { get; init; }
}

public sealed record Dimension(string Name, string Value);
