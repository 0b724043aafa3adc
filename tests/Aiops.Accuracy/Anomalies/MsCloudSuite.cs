using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Metrics of cloud services with their dirt: the detector of <see cref="NabSuite"/> at the same settings and threshold.
/// </summary>
internal sealed class MsCloudSuite : ISuite
{
    public string Name => "ms-cloud";

    public string Question => "Does the same detector at the same threshold serve dirty metrics of cloud services?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var corpus = await MsCloudCorpus.ReadAsync(run.DataFolder, cancellationToken);
        List<Scored> ours = [.. corpus.Select(Judge)];
        var figures = FiguresOf(ours);
        foreach (var service in ours.GroupBy(one => one.Labelled.Series.Category))
        {
            figures.AddGroup(service.Key, FiguresOf([.. service], intervals: false));
        }

        var report = new SuiteReport(Name, corpus.Count, figures)
        {
            Peers = [.. StreamingPeers.ScoresOf([.. corpus.Select(one => one.Series)])
                .Select(peer => (peer.Name, FiguresOf(JudgeAtBest(corpus, peer.Scores))))],
            Notes =
            [
                "Windows: each run of labelled points, at least its share of a tenth of the series wide, around its start.",
                "f1 takes the points at which our departure is 1 or more: an incident is one alarm and many anomalous points.",
                "Each peer has the threshold that is best for its standard score on these very series.",
                "bestF1 is with the threshold that is best for it, for every method: what its ranking of the points would allow.",
            ],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static Scored Judge(LabelledSeries one)
    {
        var run = StreamingRun.Of(one.Series);
        return new Scored(one, run.Tally, Array.ConvertAll(run.Verdicts, verdict => verdict.Departure), 1);
    }

    private static List<Scored> JudgeAtBest(IReadOnlyList<LabelledSeries> corpus, IReadOnlyList<double[]> scores)
    {
        var threshold = NabOptimiser.BestThreshold([.. corpus.Select(one => one.Series)], scores, NabProfile.Standard);
        return [.. corpus.Select((one, at)
            => new Scored(one, NabScorer.Score(one.Series, scores[at], threshold), scores[at], threshold))];
    }

    private static FigureSet FiguresOf(List<Scored> scored, bool intervals = true)
    {
        var set = new FigureSet();
        Add("standard", all => NabTally.Sum(all.Select(one => one.Windows)).Normalised(NabProfile.Standard));
        Add("f1", all => PointTally.Sum(all.Select(one => one.Points)).F1);
        Add("falsePositivesPerThousand", all => NabTally.Sum(all.Select(one => one.Windows)).FalseAlarmsPerThousand);
        if (intervals) // Of all series, not of a service: it is a threshold for all.
        {
            var best = PointTally.BestThreshold(scored.ConvertAll(one => one.Labelled), scored.ConvertAll(one => one.Scores));
            set.Add("bestF1", PointTally.Sum(scored.Select(one => one.PointsAt(best))).F1);
        }

        return set;

        void Add(string key, Func<IReadOnlyList<Scored>, double> figure)
            => set.Add(key, figure(scored), intervals ? BootstrapInterval.Of(scored, figure) : null);
    }

    /// <param name="Scores">Of every point, in whatever unit the threshold has.</param>
    private sealed record Scored(LabelledSeries Labelled, NabTally Windows, double[] Scores, double Threshold)
    {
        public PointTally Points { get; } = PointTally.Of(Labelled, at => Scores[at] >= Threshold);

        public PointTally PointsAt(double threshold) => PointTally.Of(Labelled, at => Scores[at] >= threshold);
    }
}
