namespace Aiops.Accuracy.Drift.Peers;

/// <summary>The rank-sum test [Mann1947] between two adjacent windows of 30, one-sided at p = 0.001.</summary>
/// <remarks>
/// The window length is Hunter's order of magnitude [Fleming2023] at its default p; normal approximation with ties corrected.
/// After a signal it starts anew.
/// [Mann1947] H. B. Mann, D. R. Whitney: On a Test of Whether one of Two Random Variables is Stochastically Larger than the
/// Other, Ann. Math. Statist. 18 (1947).
/// [Fleming2023] M. Fleming et al.: Hunter: Using Change Point Detection to Hunt for Performance Regressions, ICPE (2023).
/// </remarks>
internal sealed class MannWhitneyWindows : IRegressionWatch
{
    private const int Window = 30;
    private const double Limit = 3.0902; // One-sided p = 0.001.

    private readonly Queue<double> latest = new();

    public bool Add(long position, double value, long build)
    {
        latest.Enqueue(value);
        if (latest.Count > 2 * Window)
        {
            latest.Dequeue();
        }

        if (latest.Count < 2 * Window || Score([.. latest]) < Limit)
        {
            return false;
        }

        latest.Clear();
        return true;
    }

    private static double Score(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        var (rankSum, ties) = (0.0, 0.0);
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && values[order[end]] <= values[order[i]])
            {
                end++;
            }

            var (rank, tied) = ((i + end + 1) / 2.0, (double)(end - i));
            rankSum += rank * order.AsSpan(i, end - i).ToArray().Count(index => index >= Window);
            ties += (tied * tied * tied) - tied;
            i = end;
        }

        const double Total = 2 * Window;
        var expected = Window * (Total + 1) / 2;
        var variance = Window * Window / 12.0 * (Total + 1 - (ties / (Total * (Total - 1))));
        return variance <= 0 ? 0 : (rankSum - expected) / Math.Sqrt(variance);
    }
}
