using Aiops.Accuracy.Anomalies;

namespace Aiops.Tests.Accuracy.Anomalies;

/// <summary>Guards against regressions where the public data isn't there.</summary>
public class SeededSeriesTests
{
    private static readonly ILookup<string, NabTally> ByKind =
        SeededSeries.Corpus(each: 15).ToLookup(series => series.Category, series => StreamingRun.Of(series).Tally);

    [Theory]
    [InlineData("spike", 75)]
    [InlineData("shift", 75)]
    [InlineData("flatline", 60)]
    [InlineData("missing-season", 70)]
    [InlineData("burst", 75)]
    public void Every_kind_of_anomaly_is_found(string kind, double floor)
        => NabTally.Sum(ByKind[kind]).Normalised(NabProfile.Standard).ShouldBeGreaterThan(floor);

    [Fact]
    public void Little_else_is_found()
        => NabTally.Sum(ByKind.SelectMany(kind => kind)).FalseAlarmsPerThousand.ShouldBeLessThan(0.3);

    [Fact]
    public void The_plain_methods_find_less()
    {
        var corpus = SeededSeries.Corpus(each: 3);
        var ours = NabTally.Sum(corpus.Select(series => StreamingRun.Of(series).Tally)).Normalised(NabProfile.Standard);
        foreach (var (name, scores) in StreamingPeers.ScoresOf(corpus))
        {
            var threshold = NabOptimiser.BestThreshold(corpus, scores, NabProfile.Standard);
            var peer = NabTally.Sum(corpus.Select((series, at) => NabScorer.Score(series, scores[at], threshold)));
            peer.Normalised(NabProfile.Standard).ShouldBeLessThan(ours - 10, name);
        }
    }

    [Fact]
    public void The_band_is_drawn()
    {
        var svg = BandPlot.Render(StreamingRun.Of(SeededSeries.Corpus(each: 1)[0]));
        string[] parts = ["class=\"low\"", "class=\"high\"", "class=\"expected\"", "class=\"value\"", "<circle", "<rect"];
        foreach (var part in parts)
        {
            svg.ShouldContain(part);
        }

        svg.ShouldNotContain("NaN");
    }
}
