namespace Aiops.Accuracy.Drift;

/// <summary>One series of measurements with what is known of it.</summary>
/// <param name="Name">Of the file, or of what was injected.</param>
/// <param name="Kind">The kind of verdict that is right.</param>
/// <param name="Builds">The build of each measurement; equal ones stand together.</param>
/// <param name="Values">As long as the builds.</param>
internal sealed record LabelledSeries(string Name, VerdictKind Kind, long[] Builds, double[] Values)
{
    /// <summary>Index of the first measurement on the new level; null where nothing regresses.</summary>
    public int? Change { get; init; }

    /// <summary>Index of the first measurement after a climb; the change's own for a jump.</summary>
    public int ClimbEnd { get; init; }

    /// <summary>Index of the first measurement back on the old level; the series' length where it stays.</summary>
    public int Return { get; init; } = Values.Length;

    /// <summary>
    /// How far the level moves, in standard deviations of the noise; zero where it doesn't, or where nobody knows.
    /// </summary>
    public double Size { get; init; }
}

/// <summary>The five kinds by which people sort build-indexed measurements.</summary>
internal enum VerdictKind
{
    Stable = 0,
    Spike,
    Regression,
    HighDeviation,
    BuildDependent,
}
