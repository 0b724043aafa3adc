namespace Aiops.Analysis.Drift;

/// <summary>The trend continued: a line through the middle of the stretch's latest quarter, with the season on top.</summary>
internal sealed class TrendPath
{
    private const double Z = 1.959964;          // Two-sided 95 %.
    private const double MedianToMean = 1.2533; // Standard error of a normal's median over its mean's.

    private readonly SeasonalLevel level;
    private readonly double pivot;
    private readonly double atPivot;

    public TrendPath(ReadOnlySpan<long> ends, ReadOnlySpan<double> values, SlopeTrend trend, long season)
    {
        level = new SeasonalLevel(ends, values, trend.Slope, season);
        pivot = ends[ends.Length / 2];
        atPivot = level.Latest + (trend.Slope * (pivot - ends[0]));
        Error = Z * MedianToMean * SeasonalLevel.SpreadOf(level.Residuals(ends, values)) / Math.Sqrt(ends.Length / 4.0);
    }

    /// <summary>Half the interval of its height.</summary>
    public double Error { get; }

    public double At(double slope, double error, long time)
        => atPivot + (slope * (time - pivot)) + error + level.DepartureAt(time);
}
