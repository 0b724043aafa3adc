namespace Aiops.Accuracy.Anomalies;

/// <summary>Points called anomalous against points labelled so, after probation.</summary>
internal readonly record struct PointTally(int Right, int Wrong, int Missed)
{
    /// <summary>The harmonic mean of precision and recall; NaN where nothing is labelled or called.</summary>
    public double F1 => Right + Wrong + Missed == 0 ? double.NaN : 2.0 * Right / ((2 * Right) + Wrong + Missed);

    public static PointTally operator +(PointTally one, PointTally other)
        => new(one.Right + other.Right, one.Wrong + other.Wrong, one.Missed + other.Missed);

    public static PointTally Sum(IEnumerable<PointTally> tallies)
        => tallies.Aggregate(default(PointTally), (sum, tally) => sum + tally);

    public static PointTally Of(LabelledSeries series, Func<int, bool> called)
    {
        var (right, wrong, missed) = (0, 0, 0);
        for (var i = series.Series.Probation; i < series.Labels.Length; i++)
        {
            var isCalled = called(i);
            right += isCalled && series.Labels[i] ? 1 : 0;
            wrong += isCalled && !series.Labels[i] ? 1 : 0;
            missed += !isCalled && series.Labels[i] ? 1 : 0;
        }

        return new PointTally(right, wrong, missed);
    }

    /// <summary>The best F1 that scores reach at any one threshold over all series.</summary>
    public static double BestThreshold(IReadOnlyList<LabelledSeries> corpus, IReadOnlyList<double[]> scores)
    {
        var points = corpus.SelectMany((series, at) => scores[at].Zip(series.Labels).Skip(series.Series.Probation))
            .OrderByDescending(point => point.First).ToList();
        var labelled = points.Count(point => point.Second);
        var (best, threshold, right) = (0.0, double.PositiveInfinity, 0);
        for (var i = 0; i < points.Count; i++)
        {
            right += points[i].Second ? 1 : 0;
            var last = i == points.Count - 1 || points[i + 1].First < points[i].First;
            var f1 = 2.0 * right / (i + 1 + labelled);
            if (last && f1 > best)
            {
                (best, threshold) = (f1, points[i].First);
            }
        }

        return threshold;
    }
}
