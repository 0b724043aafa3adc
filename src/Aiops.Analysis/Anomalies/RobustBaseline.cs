using System.Buffers;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Anomalies;

/// <summary>What is usual for one series: its centre and its spread, neither moved by a minority of outliers.</summary>
/// <remarks>
/// Median and MAD, the latter scaled to a normal's standard deviation [Rousseeuw1993]. The spread has stated floors, for a
/// flat baseline has none to divide by and any change would score as infinite:
/// <list type="bullet">
/// <item>when more than half of the samples are equal, the mean absolute deviation [Iglewicz1993];</item>
/// <item>traffic and errors: √median, at least 1: what a Poisson count shows by chance;</item>
/// <item>availability, where it is a share: what the number of failures shows by chance, at least one; half a point in a
/// hundred where nobody knows of how many calls;</item>
/// <item>latency: 2 % of the median, for less interests nobody;</item>
/// <item>anything else without any spread: 1 % of the largest magnitude seen.</item>
/// </list>
/// So shifting and scaling a gauge that has spread changes nothing; counts, latencies and shares have units of their own.
/// [Rousseeuw1993] P. J. Rousseeuw, C. Croux: Alternatives to the Median Absolute Deviation, JASA 88 (1993).
/// [Iglewicz1993] B. Iglewicz, D. C. Hoaglin: How to Detect and Handle Outliers, ASQC (1993).
/// </remarks>
public readonly record struct RobustBaseline(int Count, double Median, double Spread)
{
    private const double MadToSigma = 1.4826;  // For a normal distribution [Rousseeuw1993].
    private const double MeanToSigma = 1.2533; // For a normal distribution [Iglewicz1993].

    /// <param name="values">Not empty, finite, in any order.</param>
    /// <param name="largest">The largest magnitude in sight, the judged samples included: scales the last floor.</param>
    /// <param name="calls">Calls in one sample's time, which a share is a share of; null when unknown.</param>
    public static RobustBaseline Of(ReadOnlySpan<double> values, SignalKind kind, string unit, double largest, double? calls = null)
    {
        var pooled = ArrayPool<double>.Shared.Rent(values.Length);
        var scratch = pooled.AsSpan(0, values.Length);
        values.CopyTo(scratch);
        var median = Quantile.MedianInPlace(scratch);
        var sum = 0.0;
        for (var i = 0; i < scratch.Length; i++)
        {
            scratch[i] = Math.Abs(values[i] - median);
            sum += scratch[i];
        }

        var spread = MadToSigma * Quantile.MedianInPlace(scratch);
        ArrayPool<double>.Shared.Return(pooled);
        if (spread <= 0)
        {
            spread = MeanToSigma * sum / values.Length;
        }

        spread = Math.Max(spread, Floor(kind, unit, median, largest, calls));
        if (spread <= 0)
        {
            spread = 0.01 * Math.Max(Math.Abs(median), largest);
        }

        return new RobustBaseline(values.Length, median, spread > 0 ? spread : 1); // All zero, before and after: any unit will do.
    }

    /// <summary>How many robust standard deviations a value lies above the median; negative below.</summary>
    public double ScoreOf(double value) => (value - Median) / Spread;

    /// <summary>The scores of many values, times the sign.</summary>
    public void ScoreAll(ReadOnlySpan<double> values, int sign, Span<double> scores)
    {
        for (var i = 0; i < values.Length; i++)
        {
            scores[i] = sign * ScoreOf(values[i]);
        }
    }

    private static double Floor(SignalKind kind, string unit, double median, double largest, double? calls) => kind switch
    {
        SignalKind.Traffic or SignalKind.Errors => Math.Sqrt(Math.Max(Math.Abs(median), 1)),
        SignalKind.Availability when unit is "%" or "Percent" => 100 * ShareFloor(median / 100, calls),
        SignalKind.Availability when largest <= 1 => ShareFloor(median, calls), // A share of one; anything else counts what is up.
        SignalKind.Latency => 0.02 * Math.Abs(median),
        _ => 0,
    };

    /// <summary>What the number of failures shows by chance, at least one of them, as a share of the calls.</summary>
    private static double ShareFloor(double share, double? calls)
        => calls is >= 1 and { } trials ? Math.Sqrt(Math.Max(1, trials * share * (1 - share))) / trials : 0.005;
}
