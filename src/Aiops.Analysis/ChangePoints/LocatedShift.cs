namespace Aiops.Analysis.ChangePoints;

/// <summary>
/// Where one level gave way to another: an index with its confidence interval, and how sure it is that there is a shift.
/// </summary>
/// <param name="Index">The first sample of the new level.</param>
/// <param name="Earliest">First end of the interval for <see cref="Index"/>, included.</param>
/// <param name="Latest">Other end, included.</param>
/// <param name="Strength">
/// Root of the likelihood ratio at <see cref="Index"/>, in standard deviations: below 3 as a rule for white noise without a
/// shift (its 95 % point is 3.0 at 50 samples and grows with the root of log log n); positive whatever the direction.
/// </param>
/// <param name="Rise">Level after less level before, in robust standard deviations of the noise; negative for a fall.</param>
public readonly record struct LocatedShift(int Index, int Earliest, int Latest, double Strength, double Rise);

/// <summary>
/// Locates a single change of level by maximum likelihood [Hinkley1970] on bounded scores, with the interval of those places
/// that a likelihood-ratio test would not turn down [Siegmund1988].
/// </summary>
/// <remarks>
/// O(n log n) for the medians, O(n) for the scan. Departures: the scores are Huber's [Huber1981] of the distance from the
/// middle of the two levels found, so that outliers weigh no more than a clear sample; the noise's spread is taken from
/// successive
/// differences, which a shift leaves alone, and noise is taken for independent: where it isn't, the interval is too short.
/// [Hinkley1970] D. V. Hinkley: Inference about the change-point in a sequence of random variables, Biometrika 57 (1970).
/// [Siegmund1988] D. Siegmund: Confidence Sets in Change-point Problems, International Statistical Review 56 (1988).
/// [Huber1981] P. J. Huber: Robust Statistics, Wiley (1981).
/// </remarks>
public static class ShiftLocation
{
    /// <summary>Fewer samples on either side are not compared: two outliers side by side are no new level.</summary>
    public const int FewestAside = 3;

    private const double DifferenceToSigma = 1.4826 / 1.4142135623730951; // MAD to a normal's deviation, of a difference of two.
    private const double Clip = 3;      // Standard deviations beyond a level: farther out, an outlier is as good as any.
    private const int Rounds = 3;       // Levels, clip and place settle within two.

    /// <param name="values">In order of time, finite, in any unit.</param>
    /// <param name="confidence">Of the interval, between 0 and 1.</param>
    /// <returns>Null when there are too few samples, or when all are equal.</returns>
    public static LocatedShift? Find(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        if (values.Length < 2 * FewestAside || SpreadOf(values) is not (> 0 and var spread))
        {
            return null;
        }

        var scores = new double[values.Length];
        var (low, high) = RangeOf(values);
        var best = default(LocatedShift);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = Math.Clamp(values[i], low - (Clip * spread), high + (Clip * spread)) / spread;
            }

            best = Scan(scores, confidence);
            var before = Quantile.MedianInPlace(values[..best.Index].ToArray());
            var after = Quantile.MedianInPlace(values[best.Index..].ToArray());
            (low, high) = (Math.Min(before, after), Math.Max(before, after));
        }

        return best;
    }

    private static LocatedShift Scan(ReadOnlySpan<double> scores, double confidence)
    {
        var n = scores.Length;
        var mean = Mean(scores);
        var ratios = new double[n];
        var (sum, best) = (0.0, 0);
        for (var i = 1; i < n; i++)
        {
            sum += scores[i - 1] - mean;
            ratios[i] = i < FewestAside || n - i < FewestAside ? 0 : sum * sum * n / ((double)i * (n - i));
            best = ratios[i] > ratios[best] ? i : best;
        }

        best = Math.Max(best, FewestAside); // Nothing moved at all: any place will do.
        var least = ratios[best] - Drop(confidence);
        var (earliest, latest) = (best, best);
        for (var i = FewestAside; i <= n - FewestAside; i++)
        {
            earliest = i < earliest && ratios[i] >= least ? i : earliest;
            latest = i > latest && ratios[i] >= least ? i : latest;
        }

        var rise = Mean(scores[best..]) - Mean(scores[..best]);
        return new LocatedShift(best, earliest, latest, Math.Sqrt(ratios[best]), rise);
    }

    /// <summary>
    /// By how much twice the log likelihood may lie below its highest [Siegmund1988]: P(2Λ > x) = 1 − (1 − e^(−x/2))².
    /// </summary>
    internal static double Drop(double confidence) => -2 * Math.Log(1 - Math.Sqrt(confidence));

    private static double SpreadOf(ReadOnlySpan<double> values)
    {
        var differences = new double[values.Length - 1];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = Math.Abs(values[i + 1] - values[i]);
        }

        var mean = differences.Sum() / differences.Length;
        var median = Quantile.MedianInPlace(differences);
        return median > 0 ? DifferenceToSigma * median : mean; // Most are equal to their neighbour: what is left to go by.
    }

    private static (double Low, double High) RangeOf(ReadOnlySpan<double> values)
    {
        var scratch = values.ToArray();
        Array.Sort(scratch);
        return (Quantile.OfSorted(scratch, 0.1), Quantile.OfSorted(scratch, 0.9));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
