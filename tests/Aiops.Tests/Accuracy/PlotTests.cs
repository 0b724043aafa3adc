using System.Xml.Linq;
using Aiops.Accuracy;
using Aiops.Accuracy.Anomalies;
using Aiops.Accuracy.Drift;
using Aiops.Accuracy.LogPatterns;
using Aiops.Accuracy.Storms;

namespace Aiops.Tests.Accuracy;

/// <summary>The smallest data of each layout: a plot is written, whatever the figures are.</summary>
/// <remarks>The suites of root causes have theirs in RootCauses/, the confidence's in Calibration/.</remarks>
public sealed class PlotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nab_draws_its_figures_beside_its_series()
    {
        Write("windows.json", """{"a/b.csv": []}""");
        Write("data/a/b.csv", "timestamp,value\n2014-04-10 07:15:00,1\n2014-04-10 07:20:00,2\n");
        await PlotAsync(new NabSuite());
        File.Exists(folder.File("plots/a/b.svg")).ShouldBeTrue();
    }

    [Fact]
    public async Task Cloud_metrics_draw_their_figures()
    {
        Write("service/a.csv", "TimeStamp,Value,Label\n2018-03-15T00:00:00Z,1,0\n2018-03-15T01:00:00Z,2,1\n");
        await PlotAsync(new MsCloudSuite());
    }

    [Fact]
    public async Task Regressions_draw_their_figures()
    {
        Write("verdicts.csv", "Type;Dataset;Change Point\nstable;1.csv;0\n");
        Write("1.csv", "Index,GHC,Measurement\n1,10,1.5\n2,10,1.25\n");
        await PlotAsync(new SapSuite());
    }

    [Fact]
    public async Task Logs_draw_their_figures()
    {
        Write("a/a.log_structured.csv", "LineId,Content,EventId\n1,a b,E1\n2,a c,E1\n");
        await PlotAsync(new LoghubSuite());
    }

    [Fact]
    public async Task Storms_draw_their_figures()
    {
        Write("trace/traces.json", """{"f1":[[1,"a","b","GET","500"]],"f2":[[900000,"c","d","GET","500"]]}""");
        await PlotAsync(new StormsSuite());
    }

    private async Task PlotAsync(ISuite suite)
    {
        var report = await suite.RunAsync(new SuiteRun(folder.Path) { Short = true, PlotFolder = folder.File("plots") }, default);

        var text = await File.ReadAllTextAsync(folder.File($"plots/{suite.Name}.svg"));
        var words = XDocument.Parse(text).Descendants()
            .Where(one => one.Name.LocalName == "text").Select(one => one.Value).ToList();
        report.Ours.Figures.ShouldAllBe(figure => words.Contains(figure.Key));
        report.Peers.ShouldAllBe(peer => words.Contains(peer.Name));
        text.ShouldNotContain("NaN");
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
        File.WriteAllText(folder.File(path), text);
    }
}
