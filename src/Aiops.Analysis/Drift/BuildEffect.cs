namespace Aiops.Analysis.Drift;

/// <summary>
/// How much of the variance lies between builds rather than within them, whatever the level does in the long run.
/// </summary>
/// <remarks>
/// The mean squared difference of neighbours [Neumann1941] across a deployment is 2(σ²between + σ²within), of neighbours of the
/// same build 2σ²within. Unlike an analysis of variance it isn't taken in by drift or autocorrelation, which neighbours on
/// either side of a deployment share. O(1) a measurement.
/// [Neumann1941] J. von Neumann: Distribution of the Ratio of the Mean Square Successive Difference to the Variance,
/// Ann. Math. Statist. 12 (1941).
/// </remarks>
internal sealed class BuildEffect
{
    private const int FewestPairs = 8;
    private const double LeastShare = 1.0 / 3;
    private const double Significant = 4;      // Standard errors: it is asked at every measurement.
    private const double VarianceOfLog = 3;    // Of a mean of m squared successive differences, its logarithm: about 3/m.
    private const double LeastSquare = 1e-3;   // Builds whose measurements are all equal have a spread of rounding at least.

    private double? last;
    private double within;
    private double across;
    private int pairsWithin;
    private int pairsAcross;

    /// <summary>The intraclass correlation, where it is large and certain enough to be spoken of; else null.</summary>
    public double? Share
    {
        get
        {
            if (pairsWithin < FewestPairs || pairsAcross < FewestPairs)
            {
                return null;
            }

            var (meanWithin, meanAcross) = (Math.Max(LeastSquare, within / pairsWithin), across / pairsAcross);
            var error = Math.Sqrt(VarianceOfLog * ((1.0 / pairsWithin) + (1.0 / pairsAcross)));
            var share = 1 - (meanWithin / meanAcross);
            return share >= LeastShare && Math.Log(meanAcross / meanWithin) >= Significant * error ? share : null;
        }
    }

    /// <param name="score">Standardized and clipped.</param>
    /// <param name="isFirst">Of its build.</param>
    public void Add(double score, bool isFirst)
    {
        if (last is { } before)
        {
            var square = (score - before) * (score - before);
            (within, pairsWithin) = isFirst ? (within, pairsWithin) : (within + square, pairsWithin + 1);
            (across, pairsAcross) = isFirst ? (across + square, pairsAcross + 1) : (across, pairsAcross);
        }

        last = score;
    }
}
