namespace Aiops.Aws.CloudWatch;

/// <summary>How much to ask CloudWatch for one incident, and for how long.</summary>
public sealed record MetricSettings
{
    /// <summary>The account this runs in: metrics of others are asked for by <c>AccountId</c>. Null asks for all alike.</summary>
    public string? Account { get; init; }

    /// <summary>Queries for one incident, nearest components first; CloudWatch charges by the metric asked for.</summary>
    public int MostQueries { get; init; } = 1500;

    /// <summary>Alarms looked through for those of the incident's components.</summary>
    public int MostAlarms { get; init; } = 2000;

    /// <summary>The stage gives metrics 120 s: what has come by then is told.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);
}
