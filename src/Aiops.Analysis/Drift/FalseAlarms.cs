namespace Aiops.Analysis.Drift;

/// <summary>The threshold that a false-alarm rate asks of a generalized likelihood ratio watched without end.</summary>
/// <remarks>
/// Theorem 1 of [Siegmund1995] for a normal mean with a known level before, two-sided, restricted to windows as in [Lai1995]:
/// ARL ≈ √(2π)·exp(h²/2) / (h·∫x·ν²(x)dx) between h/√longest and h/√shortest, with ν(x) ≈ exp(−0.583x). Departures: the level
/// before is estimated, not known, and a rate is promised for normal noise alone.
/// [Siegmund1995] D. Siegmund, E. S. Venkatraman: Using the Generalized Likelihood Ratio Statistic for Sequential Detection
/// of a Change-Point, Ann. Statist. 23 (1995).
/// [Lai1995] T. L. Lai: Sequential Changepoint Detection in Quality Control and Dynamical Systems, JRSS B 57 (1995).
/// </remarks>
public static class FalseAlarms
{
    private const double Overshoot = 2 * 0.583; // ν squared.
    private const double Highest = 40;

    /// <summary>In standard errors, for windows from the shortest to the longest number of measurements.</summary>
    public static double ThresholdFor(double measurementsPerFalseAlarm, int shortest, int longest)
    {
        var (low, high) = (1.0, Highest);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            var isTooLow = MeasurementsBetween(middle, shortest, longest) < measurementsPerFalseAlarm;
            (low, high) = isTooLow ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The average run length to a false alarm at a threshold.</summary>
    public static double MeasurementsBetween(double threshold, int shortest, int longest)
    {
        var integral = Integral(threshold / Math.Sqrt(shortest)) - Integral(threshold / Math.Sqrt(longest));
        return Math.Sqrt(2 * Math.PI) * Math.Exp(threshold * threshold / 2) / (threshold * integral);
    }

    private static double Integral(double x) => -Math.Exp(-Overshoot * x) * ((x / Overshoot) + (1 / (Overshoot * Overshoot)));
}
