namespace Aiops.Accuracy.Anomalies;

/// <summary>The plain methods that are measured beside ours on the same series.</summary>
internal static class StreamingPeers
{
    private static readonly (string Name, Func<IAnomalyScorer> New)[] All =
    [
        ("windowed Gaussian", () => new WindowedGaussian()),
        ("robust z-score", () => new StreamingRobustZScore()),
    ];

    public static IEnumerable<(string Name, IReadOnlyList<double[]> Scores)> ScoresOf(IReadOnlyList<NabSeries> corpus)
        => All.Select(peer => (peer.Name, (IReadOnlyList<double[]>)[.. corpus.Select(series => ScoresOf(series, peer.New()))]));

    private static double[] ScoresOf(NabSeries series, IAnomalyScorer scorer)
    {
        var scores = new double[series.Length];
        var last = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            last = double.IsFinite(series.Values[i]) ? series.Values[i] : last; // These methods know no missing value.
            scores[i] = scorer.Next(series.UnixMilliseconds[i], last);
        }

        return scores;
    }
}
