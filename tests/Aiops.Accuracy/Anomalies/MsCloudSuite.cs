using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.Anomalies;

/// <summary>Metrics of cloud services with their dirt: the detector of <see cref="NabSuite"/> at the same settings and threshold.</summary>
internal sealed class MsCloudSuite : ISuite
{
    public string Name => "ms-cloud";

    public string Question => "Does the same detector at the same threshold serve dirty metrics of cloud services?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var corpus = await MsCloudCorpus.ReadAsync(run.DataFolder, cancellationToken);
        List<Scored> ours = [.. corpus.Select(Judge)];
        var figures = FiguresOf(ours);
        foreach (var service in ours.GroupBy(one => one.Category))
        {
            figures.AddGroup(service.Key, FiguresOf([.. service], intervals: false));
        }

        return new SuiteReport(Name, corpus.Count, figures)
        {
            Peers = [.. StreamingPeers.ScoresOf([.. corpus.Select(one => one.Series)])
                .Select(peer => (peer.Name, FiguresOf(JudgeAtBest(corpus, peer.Scores))))],
            Notes =
            [
                "Windows: each run of labelled points, at least its share of a tenth of the series wide, around the run's first point.",
                "f1 takes the points at which the departure is 1 or more: an incident is one alarm and many anomalous points.",
                "Each peer has, for each figure, the threshold that is best for it on these very series.",
            ],
        };
    }

    private static Scored Judge(LabelledSeries one)
    {
        var run = StreamingRun.Of(one.Series);
        return new Scored(one.Series.Category, run.Tally, PointTally.Of(one, i => run.Verdicts[i].Departure >= 1));
    }

    private static List<Scored> JudgeAtBest(IReadOnlyList<LabelledSeries> corpus, IReadOnlyList<double[]> scores)
    {
        var threshold = NabOptimiser.BestThreshold([.. corpus.Select(one => one.Series)], scores, NabProfile.Standard);
        var forPoints = PointTally.BestThreshold(corpus, scores);
        return [.. corpus.Select((one, at) => new Scored(
            one.Series.Category,
            NabScorer.Score(one.Series, Array.ConvertAll(scores[at], score => score >= threshold)),
            PointTally.Of(one, i => scores[at][i] >= forPoints)))];
    }

    private static FigureSet FiguresOf(List<Scored> scored, bool intervals = true)
    {
        var set = new FigureSet();
        Add("standard", all => NabTally.Sum(all.Select(one => one.Windows)).Normalised(NabProfile.Standard));
        Add("f1", all => PointTally.Sum(all.Select(one => one.Points)).F1);
        Add("falsePositivesPerThousand", all => NabTally.Sum(all.Select(one => one.Windows)).FalseAlarmsPerThousand);
        return set;

        void Add(string key, Func<IReadOnlyList<Scored>, double> figure)
            => set.Add(key, figure(scored), intervals ? BootstrapInterval.Of(scored, figure) : null);
    }

    private sealed record Scored(string Category, NabTally Windows, PointTally Points);
}
