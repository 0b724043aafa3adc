namespace Aiops.Analysis.Drift;

/// <summary>
/// A leading indicator: follows one series towards a limit (a disk that fills, a latency that creeps) and predicts the time of
/// the
/// breach, from the stretch up to now over which the trend is clearest (<see cref="SlopeTrend"/>).
/// </summary>
/// <remarks>
/// Memory is bounded: medians of at most 256 steps of the history. Adding a sample is O(1) amortised; a forecast is asked for
/// now and
/// then, and takes O(256² log 256): milliseconds. A trend must be significant at 0.0005 one-sided, which bears the choice among
/// ten stretches. It is continued as a straight line from the latest level, with the season on top. Not for several threads.
/// </remarks>
public sealed class BreachWatch
{
    private const int FewestSteps = 12;
    private const int FewestSeasons = 3;      // Two of the same phase make a slope, three a median.
    private const double Significant = 3.2905; // Standard normal, p = 0.0005 one-sided.

    private static readonly int[] Stretches = [12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    private readonly BreachSettings settings;
    private readonly double sign;
    private readonly long width;              // Of a step, in milliseconds.
    private readonly long season;             // In steps; 1 for none.
    private readonly StepHistory history;
    private long latest = long.MinValue;

    /// <exception cref="ArgumentOutOfRangeException">
    /// The limit isn't finite, or the season is longer than a third of the history.
    /// </exception>
    public BreachWatch(BreachSettings settings)
    {
        var span = (long)settings.History.TotalMilliseconds;
        var cycle = (long)(settings.Season?.TotalMilliseconds ?? 0);
        if (!double.IsFinite(settings.Limit) || span < StepHistory.Steps || cycle < 0 || cycle > span / FewestSeasons)
        {
            throw new ArgumentOutOfRangeException(
                nameof(settings), settings, "A finite limit, a history, and a season of a third of it at most.");
        }

        this.settings = settings;
        sign = settings.HarmsUpwards ? 1 : -1;
        season = Math.Max(1, cycle * StepHistory.Steps / span);
        width = cycle == 0 ? span / StepHistory.Steps : cycle / season;
        history = new StepHistory(width);
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
        history.Add(time, sign * value);
    }

    /// <summary>What the samples so far foretell.</summary>
    public BreachForecast Forecast()
    {
        if (history.Count < FewestSteps)
        {
            return new BreachForecast.Undecided($"{history.Count} steps of {TimeSpan.FromMilliseconds(width)}: too few");
        }

        var (ends, values) = history.All();
        if (Clearest(ends, values) is not var (from, trend))
        {
            return new BreachForecast.Undecided($"fewer than {FewestSeasons} seasons");
        }

        var path = new TrendPath(ends.AsSpan(from), values.AsSpan(from), trend, season);
        var limit = sign * settings.Limit;
        if (path.At(trend.Slope, 0, history.Current) >= limit)
        {
            return new BreachForecast.Breached(sign * path.At(trend.Slope, 0, history.Current));
        }

        if (Math.Abs(trend.Significance) < Significant)
        {
            return new BreachForecast.NotForeseen("no significant trend");
        }

        return trend.Slope > 0
            ? Foretold(path, trend, ends[from])
            : new BreachForecast.NotForeseen("it moves away from the limit");
    }

    private BreachForecast Foretold(TrendPath path, SlopeTrend trend, long since)
    {
        if (Crossing(path, trend.Slope, 0) is not { } at)
        {
            return new BreachForecast.NotForeseen($"not within {settings.Horizon}");
        }

        var (earliest, latestAt) = (Crossing(path, trend.HighSlope, path.Error), Crossing(path, trend.LowSlope, -path.Error));
        return new BreachForecast.Foreseen(at, earliest ?? at, latestAt)
        {
            Level = sign * path.At(trend.Slope, 0, history.Current),
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
            var isLongEnough = ends[^1] - ends[from] >= FewestSeasons * season;
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
    private DateTimeOffset? Crossing(TrendPath path, double slope, double error)
    {
        var limit = sign * settings.Limit;
        var before = path.At(slope, error, history.Current);
        if (before >= limit)
        {
            return TimeAt(history.Current);
        }

        var last = history.Current + (long)(settings.Horizon.TotalMilliseconds / width);
        for (var at = history.Current + 1; at <= last; at++)
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
}
