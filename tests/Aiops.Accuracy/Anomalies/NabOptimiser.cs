namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Finds the threshold that serves a method best over a whole corpus, as the benchmark does for every detector.
/// </summary>
/// <remarks>Peers are measured so, which favours them: their threshold has seen the windows that it is scored on.</remarks>
internal static class NabOptimiser
{
    /// <param name="scores">One a point, for each series of the corpus in its order.</param>
    /// <returns>The lowest score that alarms; infinite when it is best never to alarm.</returns>
    public static double BestThreshold(IReadOnlyList<NabSeries> corpus, IReadOnlyList<double[]> scores, NabProfile profile)
    {
        List<(double Score, int Window, double Worth)> points = [];
        var windows = 0;
        for (var s = 0; s < corpus.Count; s++)
        {
            var worths = NabScorer.WorthsOf(corpus[s]);
            for (var i = corpus[s].Probation; i < worths.Length; i++)
            {
                points.Add((scores[s][i], worths[i].Window < 0 ? -1 : windows + worths[i].Window, worths[i].Worth));
            }

            windows += corpus[s].Windows.Count;
        }

        points.Sort((one, other) => other.Score.CompareTo(one.Score));
        var found = new double?[windows];
        var (gain, best, threshold) = (0.0, 0.0, double.PositiveInfinity);
        for (var i = 0; i < points.Count; i++)
        {
            var (score, window, worth) = points[i];
            if (window < 0)
            {
                gain += profile.FalsePositive * worth;
            }
            else if (found[window] is not { } already)
            {
                gain += profile.FalseNegative + (profile.TruePositive * worth);
                found[window] = worth;
            }
            else if (worth > already)
            {
                gain += profile.TruePositive * (worth - already);
                found[window] = worth;
            }

            var last = i == points.Count - 1 || points[i + 1].Score < score; // Equal scores alarm together.
            if (last && gain > best)
            {
                (best, threshold) = (gain, score);
            }
        }

        return threshold;
    }
}
