namespace Aiops.Accuracy.Anomalies;

/// <summary>One labelled series, in the order of its file: stamps may repeat and leave gaps, and are never sorted.</summary>
/// <param name="File">Its path in the corpus, with forward slashes: <c>realTraffic/speed_6005.csv</c>.</param>
/// <param name="Stamps">As the file writes them; as long as the values.</param>
/// <param name="Windows">In ascending order, without overlap.</param>
internal sealed record NabSeries(
    string File, IReadOnlyList<string> Stamps, long[] UnixMilliseconds, double[] Values, IReadOnlyList<NabWindow> Windows)
{
    public int Length => Values.Length;

    /// <summary>The folder that holds it: series of a kind stand together.</summary>
    public string Category => File[..Math.Max(0, File.IndexOf('/', StringComparison.Ordinal))];

    /// <summary>How many points at the start are for learning and not scored: 15 %, of at most 5,000 points.</summary>
    public int Probation => (int)(0.15 * Math.Min(Length, 5_000));
}

/// <summary>The stretch of points around an anomaly in which a detection counts; both ends are included.</summary>
internal readonly record struct NabWindow(int First, int Last)
{
    public int Width => Last - First + 1;
}
