namespace Aiops.Analysis.Drift;

/// <summary>
/// What is left of samples when a slope is taken off: a level, and by how much each phase of the season departs from it.
/// </summary>
internal sealed class SeasonalLevel
{
    private const double Clip = 3;          // Robust deviations: residuals beyond count as that far out.
    private const double MadToSigma = 1.4826;

    private readonly double slope;
    private readonly long origin;
    private readonly long season;
    private readonly Dictionary<long, double> departures = [];
    private readonly double level;

    /// <param name="times">Ascending, not empty.</param>
    /// <param name="values">As long.</param>
    /// <param name="slope">Of the value, for one unit of time.</param>
    /// <param name="season">In units of time; 1 for none.</param>
    public SeasonalLevel(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double slope, long season)
    {
        (this.slope, this.season, origin) = (slope, season, times[0]);
        var phases = new Dictionary<long, List<double>>();
        var flat = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            flat[i] = values[i] - (slope * (times[i] - origin));
            if (!phases.TryGetValue(times[i] % season, out var phase))
            {
                phases[times[i] % season] = phase = [];
            }

            phase.Add(flat[i]);
        }

        level = Quantile.MedianInPlace(flat.AsSpan().ToArray());
        foreach (var (phase, ofPhase) in phases)
        {
            departures[phase] = season == 1 ? 0 : Quantile.MedianInPlace([.. ofPhase]) - level;
        }

        Latest = level + MedianOfLatest(times, values);
    }

    /// <summary>
    /// The level of the latest quarter of the samples, taken back along the slope to the first sample's time: a curve bends
    /// away from its line.
    /// </summary>
    public double Latest { get; }

    /// <summary>By how much the phase of a time departs from the level; nothing for a phase that was never seen.</summary>
    public double DepartureAt(long time) => departures.GetValueOrDefault(time % season);

    /// <summary>What neither slope nor season explains, clipped.</summary>
    public double[] Residuals(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var residuals = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            residuals[i] = values[i] - (slope * (times[i] - origin)) - level - DepartureAt(times[i]);
        }

        var clip = Clip * SpreadOf(residuals);
        for (var i = 0; i < residuals.Length && clip > 0; i++)
        {
            residuals[i] = Math.Clamp(residuals[i], -clip, clip);
        }

        return residuals;
    }

    public static double SpreadOf(double[] residuals)
        => MadToSigma * Quantile.MedianInPlace(Array.ConvertAll(residuals, Math.Abs));

    private double MedianOfLatest(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var from = values.Length - Math.Max(1, values.Length / 4);
        var latest = new double[values.Length - from];
        for (var i = 0; i < latest.Length; i++)
        {
            latest[i] = values[from + i] - (slope * (times[from + i] - origin)) - level - DepartureAt(times[from + i]);
        }

        return Quantile.MedianInPlace(latest);
    }
}
