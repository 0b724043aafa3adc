namespace Aiops.Analysis.Drift;

/// <summary>
/// Watches a regime for a change of level: the window-limited generalized likelihood ratio [Lai1995] on bounded scores, the
/// recent mean against all before it, for windows from a few measurements to as many as are kept.
/// </summary>
/// <remarks>
/// Departures: the noise's variance is the long-run one before each split, widened where the measurements after it scatter more
/// (Welch); windows beyond 32 are tried at steps of a sixteenth, which costs at most 3 % of the strength. O(1) a measurement:
/// at most about 90 windows.
/// [Lai1995] T. L. Lai: Sequential Changepoint Detection in Quality Control and Dynamical Systems, JRSS B 57 (1995).
/// </remarks>
internal static class ShiftScan
{
    /// <summary>Fewer measurements may be a burst of outliers.</summary>
    public const int Shortest = 4;

    private const int EveryWindowUpTo = 32;

    /// <summary>The strongest split; of strength zero when nothing rises enough to matter.</summary>
    public static Comparison Strongest(Regime regime)
    {
        var best = default(Comparison);
        var longest = regime.Count - Math.Max(Regime.FewestBefore, regime.FirstKept);
        for (var window = Shortest; window <= longest; window += window < EveryWindowUpTo ? 1 : window / 16)
        {
            var comparison = regime.Compare(regime.Count - window);
            best = comparison.Strength > best.Strength ? comparison : best;
        }

        return best;
    }
}
