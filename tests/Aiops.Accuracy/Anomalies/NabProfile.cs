namespace Aiops.Accuracy.Anomalies;

/// <summary>What a found window, a false alarm and a missed window are worth [Lavin2015].</summary>
/// <remarks>
/// [Lavin2015] A. Lavin, S. Ahmad: Evaluating Real-time Anomaly Detection Algorithms – the Numenta Anomaly Benchmark, ICMLA 2015.
/// </remarks>
internal sealed record NabProfile(string Key, double TruePositive, double FalsePositive, double FalseNegative)
{
    public static NabProfile Standard { get; } = new("standard", 1, 0.11, 1);

    public static NabProfile LowFalsePositives { get; } = new("lowFp", 1, 0.22, 1);

    public static NabProfile LowFalseNegatives { get; } = new("lowFn", 1, 0.11, 2);

    public static IReadOnlyList<NabProfile> All { get; } = [Standard, LowFalsePositives, LowFalseNegatives];
}
