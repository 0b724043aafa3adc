using Aiops.Analysis.Anomalies;

namespace Aiops.Analysis.RootCauses;

/// <summary>What a deviation is worth, in nats.</summary>
internal static class Strength
{
    public const double Most = 5; // Beyond fifty times the threshold, more says nothing more.

    /// <summary>1 at the threshold, and one more for every factor of e above it, up to <see cref="Most"/>.</summary>
    public static double Of(double deviations) => Math.Min(Most, 1 + Math.Log(deviations / RobustZScoreDetector.Threshold));
}
