using Aiops.Accuracy;
using Aiops.Accuracy.Anomalies;
using Aiops.Accuracy.Figures;

namespace Aiops.Tests.Accuracy.Anomalies;

/// <summary>Short runs of the suites on public labelled data; the floors are a little below what the harness shows.</summary>
public class AnomalySuiteTests
{
    private static readonly string Nab = Path.Combine(TestPaths.Shared ?? "", "data", "nab");

    [FactNeeding(Need.LabelledData)]
    public async Task Nab_is_above_its_bar_and_far_above_the_windowed_Gaussian()
    {
        using var folder = new TemporaryFolder();
        var report = await new NabSuite().RunAsync(new SuiteRun(Nab) { Short = true, DetectionsFolder = folder.Path }, default);
        Value(report.Ours, "standard").ShouldBeGreaterThan(72);
        Value(report.Ours, "lowFp").ShouldBeGreaterThan(65);
        Value(report.Ours, "lowFn").ShouldBeGreaterThan(75);
        Value(report.Ours, "falsePositivesPerThousand").ShouldBeLessThan(0.5);
        Value(report.Ours, "standard").ShouldBeGreaterThan(Value(report.Peers[0].Figures, "standard") + 15);
        var written = Directory.GetFiles(Path.Combine(folder.Path, "aiops"), "aiops_*.csv", SearchOption.AllDirectories);
        written.Length.ShouldBe(report.Cases);
        File.ReadLines(written[0]).First().ShouldBe("timestamp,value,anomaly_score,label");
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Dirty_metrics_of_cloud_services_are_served_at_the_same_threshold()
    {
        var report = await new MsCloudSuite().RunAsync(new SuiteRun(Path.Combine(Nab, "..", "ms-cloud")), default);
        Value(report.Ours, "standard").ShouldBeGreaterThan(Value(report.Peers[0].Figures, "standard"));
        Value(report.Ours, "f1").ShouldBeGreaterThan(0.35);
    }

    /// <summary>
    /// The scores that the benchmark publishes for its windowed Gaussian with a window of 1,000 points moved on by 1: the
    /// scorer and the peer are the same as there.
    /// </summary>
    [FactNeeding(Need.LabelledData)]
    public async Task The_windowed_Gaussian_scores_as_the_benchmark_publishes()
    {
        (string File, double Score)[] published =
        [
            ("realAdExchange/exchange-3_cpc_results.csv", 2.5026632611866138),
            ("realAdExchange/exchange-3_cpm_results.csv", 0.862098587352162),
            ("realAdExchange/exchange-4_cpc_results.csv", 0.2922884634276035),
            ("realAdExchange/exchange-4_cpm_results.csv", 1.274710362684976),
        ];
        var (corpus, _) = await NabCorpus.ReadAsync(Nab, default);
        foreach (var (file, score) in published)
        {
            var series = corpus.Single(one => one.File == file);
            var scorer = new WindowedGaussian(1_000, 1);
            bool[] alarms = [.. series.Values.Select((value, i) => scorer.Next(series.UnixMilliseconds[i], value) >= 1 - 1e-10)];
            NabScorer.Score(series, alarms).Score(NabProfile.Standard).ShouldBe(score, 1e-9, file);
        }
    }

    [Fact]
    public async Task A_folder_without_the_data_is_named()
    {
        using var folder = new TemporaryFolder();
        foreach (ISuite suite in new ISuite[] { new NabSuite(), new MsCloudSuite() })
        {
            var missing = await Should.ThrowAsync<MissingDataException>(() => suite.RunAsync(new SuiteRun(folder.Path), default));
            missing.Message.ShouldContain(folder.Path);
        }
    }

    [Theory]
    [InlineData("{", "2014-04-10 07:15:00,1", "windows.json")]
    [InlineData("null", "2014-04-10 07:15:00,1", "windows.json")]
    [InlineData("""{"a/b.csv": null}""", "2014-04-10 07:15:00,1", "at \"a/b.csv\"")]
    [InlineData("""{"a/b.csv": [["2014-04-10 07:15:00"]]}""", "2014-04-10 07:15:00,1", "at \"a/b.csv\"")]
    [InlineData("""{"a/b.csv": [[1, 2]]}""", "2014-04-10 07:15:00,1", "at \"a/b.csv\"")]
    [InlineData("""{"a/b.csv": [["2014", "2014"]]}""", "2014-04-10 07:15:00,1", "a/b.csv has no point at \"2014\"")]
    [InlineData("""{"a/b.csv": []}""", "2014-04-10 07:15:00,", "data/a/b.csv, line 2")]
    [InlineData("""{"a/b.csv": []}""", "2014-04-10 07:15:00", "data/a/b.csv, line 2")]
    [InlineData("""{"a/b.csv": []}""", "2014-04-10,1", "data/a/b.csv, line 2")]
    public async Task Nab_names_the_place_of_what_it_cannot_read(string windows, string line, string place)
    {
        using var folder = new TemporaryFolder();
        WriteNab(folder, windows, line);
        (await Should.ThrowAsync<MissingDataException>(() => NabCorpus.ReadAsync(folder.Path, default)))
            .Message.ShouldContain(place);
    }

    [Fact]
    public async Task Nab_tells_which_series_of_its_windows_are_not_there()
    {
        using var folder = new TemporaryFolder();
        WriteNab(folder, """{"a/b.csv": [], "a/gone.csv": []}""", "2014-04-10 07:15:00,1\n2014-04-10 07:20:00.000000,2");
        var report = await new NabSuite().RunAsync(new SuiteRun(folder.Path) { Short = true }, default);
        report.Cases.ShouldBe(1);
        report.Notes[0].ShouldContain("1 series, a/gone.csv");
    }

    [Theory]
    [InlineData("Time,Value,Label\n2018-03-15T00:00:00Z,0,0\n")]
    [InlineData("")]
    [InlineData("TimeStamp,Value\n2018-03-15T00:00:00Z,0\n")]
    [InlineData("TimeStamp,Value,Label\nsoon,0,0\n")]
    public async Task A_file_that_is_no_cloud_series_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("service"));
        await File.WriteAllTextAsync(folder.File("service/odd.csv"), text);
        (await Should.ThrowAsync<MissingDataException>(() => MsCloudCorpus.ReadAsync(folder.Path, default)))
            .Message.ShouldStartWith("service/odd.csv");
    }

    private static void WriteNab(TemporaryFolder folder, string windows, string lines)
    {
        Directory.CreateDirectory(folder.File("data/a"));
        File.WriteAllText(folder.File("windows.json"), windows);
        File.WriteAllText(folder.File("data/a/b.csv"), $"timestamp,value\n{lines}\n");
    }

    private static double Value(FigureSet set, string key) => set.Figures.Single(figure => figure.Key == key).Figure.Value;
}
