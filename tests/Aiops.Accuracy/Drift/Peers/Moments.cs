namespace Aiops.Accuracy.Drift.Peers;

/// <summary>Mean and sample standard deviation, as textbooks use them.</summary>
internal static class Moments
{
    /// <summary>
    /// How many standard deviations a value lies above the mean of others; those that are all equal have a tiny one.
    /// </summary>
    public static double ScoreOf(double value, IReadOnlyCollection<double> others)
    {
        var mean = others.Average();
        var variance = others.Sum(other => (other - mean) * (other - mean)) / (others.Count - 1);
        return (value - mean) / Math.Max(Math.Sqrt(variance), 1e-9 * Math.Max(1, Math.Abs(mean)));
    }
}
