using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;

namespace Aiops.Accuracy.Anomalies;

/// <summary>The Numenta Anomaly Benchmark: streaming, one threshold for all series.</summary>
internal sealed class NabSuite : ISuite
{
    public string Name => "nab";

    public string Question => "Are anomalies in metrics found early, and little else, point by point at one threshold?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var (corpus, absent) = await NabCorpus.ReadAsync(run.DataFolder, cancellationToken);
        List<StreamingRun> runs = [.. corpus.Select(series => StreamingRun.Of(series))];
        await WriteAsync(run, runs, cancellationToken);

        var ours = NabFigures.Of(runs.ConvertAll(one => one.Tally));
        foreach (var category in runs.GroupBy(one => one.Series.Category))
        {
            ours.AddGroup(category.Key, NabFigures.OfPart(category.Select(one => one.Tally)));
        }

        if (!run.Short && corpus.Select(series => series.Category).Distinct().Count() > 1)
        {
            var grid = new SettingsGrid(corpus, cancellationToken);
            ours.AddGroup("leave one category out", NabFigures.OfPart(grid.LeaveOneCategoryOut()));
            ours.AddGroup("settings around, mean", NabFigures.OfPart(grid.AroundDefault));
        }

        var report = new SuiteReport(Name, corpus.Count, ours)
        {
            Peers = [.. StreamingPeers.ScoresOf(corpus).Select(peer => (peer.Name, FiguresOf(corpus, peer.Scores)))],
            Notes =
            [
                .. NotesOn(absent),
                "False positives count per 1,000 scored points.",
                "Each peer has the threshold that is best for it on these very series.",
                "Leave one category out: limits, shift memory and refractory time chosen on the other categories, out of a grid.",
                "Settings around: the mean over the 27 settings with these three 15 % lower, as they are, or 20 % higher.",
            ],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static IEnumerable<string> NotesOn(IReadOnlyList<string> absent)
        => absent.Count == 0
            ? []
            : [$"Left out, named by windows.json but not in data/: {absent.Count} series, {string.Join(", ", absent)}."];

    private static async Task WriteAsync(SuiteRun run, List<StreamingRun> runs, CancellationToken cancellationToken)
    {
        foreach (var one in runs)
        {
            if (run.DetectionsFolder is { } detections)
            {
                await NabDetections.WriteAsync(detections, one, cancellationToken);
            }

            if (run.PlotFolder is { } plots)
            {
                await BandPlot.WriteAsync(plots, one, cancellationToken);
            }
        }
    }

    private static FigureSet FiguresOf(IReadOnlyList<NabSeries> corpus, IReadOnlyList<double[]> scores)
    {
        var threshold = NabOptimiser.BestThreshold(corpus, scores, NabProfile.Standard);
        return NabFigures.Of([.. corpus.Select((series, at) => NabScorer.Score(series, scores[at], threshold))]);
    }
}
