namespace Aiops.Analysis.Drift;

/// <summary>
/// The variance of means of consecutive scores, by batches of doubling length [Conway1963]: how much less a mean of k scores is
/// worth than of k independent ones, whatever ties them together: autocorrelation, a level of each build's own, a wandering.
/// </summary>
/// <remarks>
/// Batches are aligned on the first score, so the variance before any split is a few look-ups; O(1) amortised a score.
/// [Conway1963] R. W. Conway: Some Tactical Problems in Digital Simulation, Management Science 10 (1963).
/// </remarks>
/// <param name="scores">Their sums, in order.</param>
/// <param name="earlier">The inflations of the regime before; null for the first.</param>
internal sealed class LongRunVariance(CumulativeSums scores, double[]? earlier)
{
    /// <summary>Of all lengths.</summary>
    public const int LongestBatch = 1 << (Levels - 1);

    private const int Levels = 9;         // Batches of 1, 2, 4, … 256.
    private const int FewestBatches = 8;  // The variance of fewer is a guess.
    private const double StrongestCorrelation = 0.9;

    private readonly double[] earlier = earlier ?? new double[Levels];
    private readonly CumulativeSums[] squares = [.. Enumerable.Range(0, Levels).Select(_ => new CumulativeSums())];

    /// <summary>After each score, once it is in the sums.</summary>
    public void Add()
    {
        for (var level = 0; level < Levels && scores.Count % (1 << level) == 0; level++)
        {
            var batch = scores[scores.Count] - scores[scores.Count - (1 << level)];
            squares[level].Add(batch * batch);
        }
    }

    /// <summary>
    /// The variance of √k times the mean of k scores, from the batches before a split, plus one standard error of itself: one
    /// that is too small raises false alarms, one that is too large only delays.
    /// </summary>
    /// <param name="split">Scores before it; at least eight.</param>
    public double Before(int split, int k)
    {
        var single = OfBatches(0, split);
        var highest = Math.Max(single, single * Autoregressive(split, k));
        for (var level = 1; level < Levels && 1 << level <= k; level++)
        {
            highest = Math.Max(highest, split >> level >= FewestBatches ? OfBatches(level, split) : single * earlier[level]);
        }

        return highest;
    }

    /// <summary>
    /// What the next regime may take for granted, until it has seen enough itself: each length's variance over that of one.
    /// </summary>
    public double[] Inflations()
    {
        var single = OfBatches(0, scores.Count);
        return [.. Enumerable.Range(0, Levels).Select(level => single > 0 ? Before(scores.Count, 1 << level) / single : 1)];
    }

    private double OfBatches(int level, int split)
    {
        var batches = split >> level;
        var mean = scores[batches << level] / batches;
        var variance = ((squares[level][batches] / batches) - (mean * mean)) * batches / (batches - 1);
        return variance / (1 << level) * (1 + Math.Sqrt(2.0 / batches));
    }

    /// <summary>
    /// The factor for a first-order autoregression with the correlation that batches of two show: what long batches can't tell
    /// before there are enough of them.
    /// </summary>
    private double Autoregressive(int split, int k)
    {
        var correlation = Math.Clamp((OfBatches(1, split) / OfBatches(0, split)) - 1, 0, StrongestCorrelation);
        var longRun = (1 + correlation) / (1 - correlation);
        var rest = 2 * correlation * (1 - Math.Pow(correlation, k)) / (k * (1 - correlation) * (1 - correlation));
        return longRun - rest;
    }

    public void Truncate(int count)
    {
        for (var level = 0; level < Levels; level++)
        {
            squares[level].Truncate(count >> level);
        }
    }

    /// <param name="count">A multiple of the longest batch: fewer scores won't be asked for again.</param>
    public void Forget(int count)
    {
        for (var level = 0; level < Levels; level++)
        {
            squares[level].Forget(count >> level);
        }
    }
}
