using Aiops.Analysis.ChangePoints;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Anomalies;

/// <summary>Judges whether a series left its baseline during the incident, when, and how far.</summary>
/// <remarks>
/// Each sample becomes a robust score (<see cref="RobustBaseline"/>), the scores of the incident's window are scanned for
/// the stretch that departs most (<see cref="EpidemicScan"/>), and so are windows of the same length all over the baseline:
/// real series are neither normal nor independent, so what counts is how far the incident goes beyond what the baseline
/// does by itself. A stretch must also be far out on average, not only long. The strength is divided by <c>usual / 3</c>
/// where the baseline's own windows reach more than 3.
/// </remarks>
public static class RobustZScoreDetector
{
    public const double Threshold = 3.5; // The cut-off recommended in [Iglewicz1993].

    /// <summary>Fewer samples in the baseline leave a series undecided.</summary>
    public const int FewestBaselineSamples = 10;

    private const double LeastDeviations = 2.5;   // A long stretch makes a slight drift significant; it doesn't make it a fault.
    private const int ShortestForBlips = 10;      // Of so many samples, a single one that is over again is a blip.
    private const double HighestFew = 0.98;
    private const double OrdinaryExtreme = 3;    // What a window of white noise reaches by chance, about.

    public static SeriesVerdict Judge(MetricSeries series, TimeWindows baseline, TimeWindow incident)
    {
        var before = Within(series, baseline, except: incident);
        var during = Within(series, incident, except: null);
        if (during.Length == 0)
        {
            return new SeriesVerdict.Undecided("no sample in the incident's window");
        }

        if (before.Length < FewestBaselineSamples)
        {
            return new SeriesVerdict.Undecided($"{before.Length} samples in the baseline, fewer than {FewestBaselineSamples}");
        }

        var usual = RobustBaseline.Of(before.Values, series.Kind, series.Unit, LargestOf(before.Values, during.Values));
        Departure? strongest = null;
        var strength = 0.0;
        foreach (var sign in HarmfulSignsOf(series.Kind))
        {
            var stretch = EpidemicScan.Find(ScoresOf(during.Values, usual, sign));
            var calibrated = stretch.Strength / Math.Max(1, ExtremeOf(ScoresOf(before.Values, usual, sign), during.Length) / OrdinaryExtreme);
            strength = Math.Max(strength, calibrated);
            if (calibrated >= Threshold && stretch.Mean >= LeastDeviations && calibrated > (strongest?.Strength ?? 0))
            {
                var values = during.Values.AsSpan(stretch.First, stretch.Last - stretch.First + 1);
                strongest = new Departure(
                    DateTimeOffset.FromUnixTimeMilliseconds(during.Times[stretch.First]),
                    sign > 0,
                    usual.Median,
                    FurthestOf(values, sign),
                    stretch.Mean,
                    calibrated)
                {
                    IsBlip = stretch.First == stretch.Last && stretch.Last < during.Length - 1 && during.Length >= ShortestForBlips,
                    IsOlder = stretch.First == 0,
                };
            }
        }

        return strongest is null ? new SeriesVerdict.Usual(strength) : new SeriesVerdict.Departed(strongest);
    }

    private static int[] HarmfulSignsOf(SignalKind kind) => kind switch
    {
        SignalKind.Latency or SignalKind.Errors or SignalKind.Saturation => [1],
        SignalKind.Availability => [-1],
        _ => [1, -1],
    };

    private static double[] ScoresOf(double[] values, RobustBaseline usual, int sign)
        => Array.ConvertAll(values, value => sign * usual.ScoreOf(value));

    /// <summary>
    /// What the baseline's own windows of that length reach: at most, once a former incident (the surroundings of the highest)
    /// is left out, and not less than their highest few, for where a series climbs all day the highest is no incident.
    /// </summary>
    private static double ExtremeOf(double[] scores, int length)
    {
        length = Math.Min(length, scores.Length);
        var step = Math.Max(1, length / 2);
        var strengths = new double[((scores.Length - length) / step) + 1];
        for (var i = 0; i < strengths.Length; i++)
        {
            strengths[i] = EpidemicScan.Find(scores.AsSpan(i * step, length)).Strength;
        }

        var highest = Array.IndexOf(strengths, strengths.Max());
        var apart = (length / step) + 1; // Windows this near share samples with it, or with one that does.
        var extreme = double.NegativeInfinity;
        for (var i = 0; i < strengths.Length; i++)
        {
            extreme = Math.Abs(i - highest) > apart ? Math.Max(extreme, strengths[i]) : extreme;
        }

        Array.Sort(strengths);
        return Math.Max(extreme, Quantile.OfSorted(strengths, HighestFew));
    }

    private static Samples Within(MetricSeries series, TimeWindows window, TimeWindow? except)
    {
        List<long> times = [];
        List<double> values = [];
        for (var i = 0; i < series.Values.Length; i++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i]);
            if (window.Contains(time) && except?.Contains(time) != true && double.IsFinite(series.Values[i]))
            {
                times.Add(series.UnixMilliseconds[i]);
                values.Add(series.Values[i]);
            }
        }

        return new Samples([.. times], [.. values]);
    }

    private static double LargestOf(double[] before, double[] during)
        => Math.Max(before.Max(Math.Abs), during.Max(Math.Abs));

    private static double FurthestOf(ReadOnlySpan<double> values, int sign)
    {
        var furthest = values[0];
        foreach (var value in values)
        {
            furthest = sign * value > sign * furthest ? value : furthest;
        }

        return furthest;
    }

    private readonly record struct Samples(long[] Times, double[] Values)
    {
        public int Length => Values.Length;
    }
}
