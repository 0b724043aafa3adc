using System.Buffers;
using Aiops.Analysis.ChangePoints;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Anomalies;

/// <summary>Judges whether a series left its baseline during the incident, when, and how far.</summary>
/// <remarks>
/// Each sample becomes a robust score (<see cref="RobustBaseline"/>), the scores of the incident's window are scanned for
/// the stretch that departs most (<see cref="EpidemicScan"/>), and so are windows of the same length all over the baseline:
/// real series are neither normal nor independent, so what counts is how far the incident goes beyond what the baseline
/// does by itself. A stretch must also be far out on average, not only long. The strength is divided by <c>usual / 3</c>
/// where the baseline's own windows reach more than 3. Works in pooled memory.
/// </remarks>
public static class RobustZScoreDetector
{
    public const double Threshold = 3.5; // The cut-off recommended in [Iglewicz1993].

    /// <summary>Fewer samples in the baseline leave a series undecided.</summary>
    public const int FewestBaselineSamples = 10;

    private const double LeastDeviations = 2.5;   // A long stretch makes a slight drift significant; it doesn't make it a fault.
    private const int ShortestForBlips = 10;      // Of so many samples, a single one that is over again is a blip.
    private const double HighestFew = 0.98;
    private const double OrdinaryExtreme = 3;     // What a window of white noise reaches by chance, about.

    /// <param name="calls">What the component usually serves in one sample's time, for shares; null when unknown.</param>
    public static SeriesVerdict Judge(MetricSeries series, TimeWindows baseline, TimeWindow incident, double? calls = null)
    {
        var (first, end) = series.SamplesWithin(incident);
        if (first == end)
        {
            return new SeriesVerdict.Undecided("no sample in the incident's window");
        }

        var during = series.Values.AsSpan(first, end - first);
        var length = series.Values.Length;
        var pooled = ArrayPool<double>.Shared.Rent(4 * length);
        try
        {
            var before = Before(series, baseline, (first, end), pooled);
            if (before.Length < FewestBaselineSamples)
            {
                return new SeriesVerdict.Undecided($"{before.Length} samples in the baseline, fewer than {FewestBaselineSamples}");
            }

            var usual = RobustBaseline.Of(before, series.Kind, series.Unit, Math.Max(LargestOf(before), LargestOf(during)), calls);
            var (up, down) = HarmfulDirections(series.Kind);
            var upwards = up ? Depart(series, usual, before, (first, end), 1, pooled.AsSpan(length)) : null;
            var downwards = down ? Depart(series, usual, before, (first, end), -1, pooled.AsSpan(length)) : null;
            return Stronger(Departed(upwards), Departed(downwards)) is { } departure
                ? new SeriesVerdict.Departed(departure)
                : new SeriesVerdict.Usual(Stronger(upwards, downwards)!);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(pooled);
        }
    }

    private static Departure? Departed(Departure? stretch)
        => stretch is { Strength: >= Threshold, Deviations: >= LeastDeviations } ? stretch : null;

    private static Departure? Stronger(Departure? one, Departure? other)
        => one is null || other?.Strength > one.Strength ? other : one;

    /// <summary>The stretch that departs most in one direction, be it far out or not.</summary>
    private static Departure Depart(
        MetricSeries series,
        RobustBaseline usual,
        ReadOnlySpan<double> before,
        (int First, int End) incident,
        int sign,
        Span<double> scratch)
    {
        var length = incident.End - incident.First;
        var scores = scratch[..length];
        usual.ScoreAll(series.Values.AsSpan(incident.First, length), sign, scores);
        var stretch = EpidemicScan.Find(scores);
        var (start, last) = (incident.First + stretch.First, incident.First + stretch.Last);

        var usualScores = scratch[..before.Length]; // The incident's are no longer needed.
        usual.ScoreAll(before, sign, usualScores);
        var extreme = ExtremeOf(usualScores, length, scratch[before.Length..]);
        var strength = Math.Max(0, stretch.Strength / Math.Max(1, extreme / OrdinaryExtreme));
        return new Departure(
            DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[start]),
            sign > 0,
            usual.Median,
            FurthestOf(series.Values.AsSpan(start, last - start + 1), sign),
            stretch.Mean,
            strength)
        {
            Last = DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[last]),
            IsBlip = stretch.First == stretch.Last && stretch.Last < length - 1 && length >= ShortestForBlips,
            IsOlder = stretch.First == 0,
        };
    }

    private static (bool Up, bool Down) HarmfulDirections(SignalKind kind) => kind switch
    {
        SignalKind.Latency or SignalKind.Errors or SignalKind.Saturation => (true, false),
        SignalKind.Availability => (false, true),
        _ => (true, true),
    };

    /// <summary>
    /// What the baseline's own windows of that length reach: at most, once a former incident (the surroundings of the highest)
    /// is left out, and not less than their highest few, for where a series climbs all day the highest is no incident.
    /// </summary>
    private static double ExtremeOf(ReadOnlySpan<double> scores, int length, Span<double> scratch)
    {
        length = Math.Min(length, scores.Length);
        var step = Math.Max(1, length / 2);
        var strengths = scratch[..(((scores.Length - length) / step) + 1)];
        var highest = 0;
        for (var i = 0; i < strengths.Length; i++)
        {
            strengths[i] = EpidemicScan.Find(scores.Slice(i * step, length)).Strength;
            highest = strengths[i] > strengths[highest] ? i : highest;
        }

        var apart = (length / step) + 1; // Windows this near share samples with it, or with one that does.
        var extreme = double.NegativeInfinity;
        for (var i = 0; i < strengths.Length; i++)
        {
            extreme = Math.Abs(i - highest) > apart ? Math.Max(extreme, strengths[i]) : extreme;
        }

        strengths.Sort();
        return Math.Max(extreme, Quantile.OfSorted(strengths, HighestFew));
    }

    /// <summary>The baseline's samples without the incident's, copied together.</summary>
    private static ReadOnlySpan<double> Before(
        MetricSeries series, TimeWindows baseline, (int First, int End) incident, Span<double> target)
    {
        var count = 0;
        foreach (var stretch in baseline.Stretches)
        {
            var (first, end) = series.SamplesWithin(stretch);
            count += Copy(series, first, Math.Min(end, incident.First), target[count..]);
            count += Copy(series, Math.Max(first, incident.End), end, target[count..]);
        }

        return target[..count];
    }

    private static int Copy(MetricSeries series, int first, int end, Span<double> target)
    {
        if (first >= end)
        {
            return 0;
        }

        series.Values.AsSpan(first, end - first).CopyTo(target);
        return end - first;
    }

    private static double LargestOf(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static double FurthestOf(ReadOnlySpan<double> values, int sign)
    {
        var furthest = values[0];
        foreach (var value in values)
        {
            furthest = sign * value > sign * furthest ? value : furthest;
        }

        return furthest;
    }
}
