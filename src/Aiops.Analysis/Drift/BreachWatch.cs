using System.Runtime.InteropServices;

namespace Aiops.Analysis.Drift;

/// <summary>
/// A leading indicator: follows one series towards a limit (a disk that fills, a latency that creeps) and predicts the time of the
/// breach, from the stretch up to now over which the trend is clearest (<see cref="SlopeTrend"/>).
/// </summary>
/// <remarks>
/// Memory is bounded: medians of at most 256 steps of the history. Adding a sample is O(1) amortised; a forecast is asked for now and
/// then, and takes O(256² log 256): milliseconds. A trend must be significant at 0.0005 one-sided, which bears the choice among
/// ten stretches. It is continued as a straight line from the latest level, with the season on top. Not for several threads.
/// </remarks>
public sealed class BreachWatch
{
    private const int Steps = 256;
    private const int FewestSteps = 12;
    private const int FewestSeasons = 3;      // Two of the same phase make a slope, three a median.
    private const int SamplesPerStep = 32;    // More are thinned out evenly.
    private const double Significant = 3.2905; // Standard normal, p = 0.0005 one-sided.
    private const double Z = 1.959964;        // Two-sided 95 %.
    private const double MedianToMean = 1.2533; // Standard error of a normal's median over its mean's.

    private static readonly int[] Stretches = [12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    private readonly BreachSettings settings;
    private readonly double sign;
    private readonly long width;              // Of a step, in milliseconds.
    private readonly long season;             // In steps; 1 for none.
    private readonly List<long> times = [];   // In steps since 1970.
    private readonly List<double> levels = []; // Harm points upwards.
    private readonly List<double> current = [];
    private long step = long.MinValue;
    private long latest = long.MinValue;
    private int seen;
    private int stride = 1;

    /// <exception cref="ArgumentOutOfRangeException">The limit isn't finite, or the season is longer than a third of the history.</exception>
    public BreachWatch(BreachSettings settings)
    {
        var history = (long)settings.History.TotalMilliseconds;
        var cycle = (long)(settings.Season?.TotalMilliseconds ?? 0);
        if (!double.IsFinite(settings.Limit) || history < Steps || cycle < 0 || cycle > history / FewestSeasons)
        {
            throw new ArgumentOutOfRangeException(nameof(settings), settings, "A finite limit, a history, and a season of a third of it at most.");
        }

        this.settings = settings;
        sign = settings.HarmsUpwards ? 1 : -1;
        season = cycle == 0 ? 1 : Math.Max(1, cycle * Steps / history);
        width = cycle == 0 ? history / Steps : cycle / season;
    }

    /// <param name="value">Finite, in the series' unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">Before the last sample, before 1970, or not finite.</exception>
    public void Add(DateTimeOffset at, double value)
    {
        var time = at.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Math.Max(0, latest), nameof(at));
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A sample must be finite.");
        }

        latest = time;
        if (time / width != step)
        {
            Begin(time / width);
        }

        if (seen++ % stride == 0)
        {
            Keep(sign * value);
        }
    }

    /// <summary>What the samples so far foretell.</summary>
    public BreachForecast Forecast()
    {
        if (step == long.MinValue || (season > 1 && step - FirstStep < FewestSeasons * season) || times.Count + 1 < FewestSteps)
        {
            return new BreachForecast.Undecided($"{(step == long.MinValue ? 0 : times.Count + 1)} steps of {TimeSpan.FromMilliseconds(width)}: too few");
        }

        long[] ends = [.. times, step];
        double[] values = [.. levels, Quantile.MedianInPlace(current.ToArray())];
        if (Clearest(ends, values) is not var (from, trend))
        {
            return new BreachForecast.Undecided("too few steps of the same phase");
        }

        var path = new Path(ends.AsSpan(from), values.AsSpan(from), trend, season);
        var limit = sign * settings.Limit;
        if (path.At(trend.Slope, 0, step) >= limit)
        {
            return new BreachForecast.Breached(sign * path.At(trend.Slope, 0, step));
        }

        if (Math.Abs(trend.Significance) < Significant)
        {
            return new BreachForecast.NotForeseen("no significant trend");
        }

        return trend.Slope > 0 ? Foretold(path, trend, ends[from]) : new BreachForecast.NotForeseen("it moves away from the limit");
    }

    private long FirstStep => times.Count > 0 ? times[0] : step;

    private BreachForecast Foretold(Path path, SlopeTrend trend, long since)
    {
        if (Crossing(path, trend.Slope, 0) is not { } at)
        {
            return new BreachForecast.NotForeseen($"not within {settings.Horizon}");
        }

        return new BreachForecast.Foreseen(at, Crossing(path, trend.HighSlope, path.Error) ?? at, Crossing(path, trend.LowSlope, -path.Error))
        {
            Level = sign * path.At(trend.Slope, 0, step),
            ChangePerDay = sign * trend.Slope * TimeSpan.FromDays(1).TotalMilliseconds / width,
            Since = TimeAt(since),
            Significance = Math.Abs(trend.Significance),
        };
    }

    private (int From, SlopeTrend Trend)? Clearest(long[] ends, double[] values)
    {
        (int From, SlopeTrend Trend)? best = null;
        foreach (var length in Stretches)
        {
            var from = values.Length - Math.Min(length, values.Length);
            var isLongEnough = season == 1 || ends[^1] - ends[from] >= FewestSeasons * season;
            if (isLongEnough
                && SlopeTrend.Of(ends.AsSpan(from), values.AsSpan(from), season) is { } trend
                && (best is not { } held || Math.Abs(trend.Significance) > Math.Abs(held.Trend.Significance)))
            {
                best = (from, trend);
            }

            if (from == 0)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>When the path first meets the limit, between steps as a straight line; null beyond the horizon.</summary>
    private DateTimeOffset? Crossing(Path path, double slope, double error)
    {
        var limit = sign * settings.Limit;
        var before = path.At(slope, error, step);
        if (before >= limit)
        {
            return TimeAt(step);
        }

        var last = step + (long)(settings.Horizon.TotalMilliseconds / width);
        for (var at = step + 1; at <= last; at++)
        {
            var level = path.At(slope, error, at);
            if (level >= limit)
            {
                return TimeAt(at - 1 + ((limit - before) / (level - before)));
            }

            before = level;
        }

        return null;
    }

    /// <summary>The middle of a step.</summary>
    private DateTimeOffset TimeAt(double at) => DateTimeOffset.FromUnixTimeMilliseconds((long)((at + 0.5) * width));

    private void Begin(long next)
    {
        if (step != long.MinValue)
        {
            times.Add(step);
            levels.Add(Quantile.MedianInPlace(CollectionsMarshal.AsSpan(current)));
        }

        var stale = times.FindIndex(time => time > next - Steps);
        stale = stale < 0 ? times.Count : stale;
        times.RemoveRange(0, stale);
        levels.RemoveRange(0, stale);
        current.Clear();
        (step, seen, stride) = (next, 0, 1);
    }

    private void Keep(double value)
    {
        if (current.Count == SamplesPerStep)
        {
            for (var i = 0; i < SamplesPerStep / 2; i++)
            {
                current[i] = current[2 * i];
            }

            current.RemoveRange(SamplesPerStep / 2, SamplesPerStep / 2);
            stride *= 2;
        }

        current.Add(value);
    }

    /// <summary>The trend continued: a line through the middle of the stretch's latest quarter, with the season on top.</summary>
    private readonly struct Path
    {
        private readonly SeasonalLevel level;
        private readonly double pivot;
        private readonly double atPivot;

        public Path(ReadOnlySpan<long> ends, ReadOnlySpan<double> values, SlopeTrend trend, long season)
        {
            level = new SeasonalLevel(ends, values, trend.Slope, season);
            pivot = ends[ends.Length / 2];
            atPivot = level.Latest + (trend.Slope * (pivot - ends[0]));
            Error = Z * MedianToMean * SeasonalLevel.SpreadOf(level.Residuals(ends, values)) / Math.Sqrt(ends.Length / 4.0);
        }

        /// <summary>Half the interval of its height.</summary>
        public double Error { get; }

        public double At(double slope, double error, long time) => atPivot + (slope * (time - pivot)) + error + level.DepartureAt(time);
    }
}
