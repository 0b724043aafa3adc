namespace Aiops.Analysis.LogPatterns;

/// <summary>Compares the rates of rare events in two periods of different length by the likelihood ratio (G) test.</summary>
/// <remarks>
/// Under equal rates the split of the total between the periods is binomial by their lengths, and G is about χ² with one
/// degree of freedom; its root, signed by the direction, is about a standard normal [Wilks1938].
/// Log lines come in bursts and with the load, so all G values are inflated alike; they are divided by
/// <see cref="Inflation"/>, their median over that of χ²: genomic control [Devlin1999].
/// [Wilks1938] S. S. Wilks: The large-sample distribution of the likelihood ratio, Ann. Math. Statist. 9 (1938).
/// [Devlin1999] B. Devlin, K. Roeder: Genomic control for association studies, Biometrics 55 (1999).
/// </remarks>
public static class PoissonRates
{
    private const double ChiSquareMedian = 0.4549; // One degree of freedom.
    private const int FewestForInflation = 5;      // With fewer patterns, the changed ones may be the median.

    /// <summary>G: at least 0, and 0 when the rates are equal or nothing was seen.</summary>
    public static double G(long before, double beforeLength, long during, double duringLength)
    {
        var total = before + during;
        var expectedBefore = total * beforeLength / (beforeLength + duringLength);
        return Math.Max(0, 2 * (Term(before, expectedBefore) + Term(during, total - expectedBefore)));
    }

    /// <summary>How much the values exceed chance as a whole; at least 1, and 1 where there are too few to say.</summary>
    public static double Inflation(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length < FewestForInflation ? 1 : Math.Max(1, Quantile.MedianInPlace(all) / ChiSquareMedian);
    }

    private static double Term(long observed, double expected) => observed == 0 ? 0 : observed * Math.Log(observed / expected);
}
