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
        var corpus = await NabCorpus.ReadAsync(Nab, default);
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

    private static double Value(FigureSet set, string key) => set.Figures.Single(figure => figure.Key == key).Figure.Value;
}
