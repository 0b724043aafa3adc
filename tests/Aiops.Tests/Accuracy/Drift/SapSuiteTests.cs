using Aiops.Accuracy;
using Aiops.Accuracy.Drift;
using Aiops.Accuracy.Figures;

namespace Aiops.Tests.Accuracy.Drift;

public class SapSuiteTests
{
    [FactNeeding(Need.LabelledData)]
    public async Task On_the_public_series_the_regression_is_found_and_nothing_else_is_raised()
    {
        var report = await RunAsync(Path.Combine(TestPaths.Shared!, "data", "sap"));
        Value(report.Ours, "found").ShouldBe(Value(report.Ours, "of"));
        Value(report.Ours, "falselyRaised").ShouldBe(0);
        Value(report.Ours, "medianDelayBuilds").ShouldBeLessThanOrEqualTo(2);
        report.Peers.Select(peer => Value(peer.Figures, "of")).ShouldAllBe(of => of == Value(report.Ours, "of"));
    }

    [Fact]
    public void On_simulated_series_nine_regressions_of_ten_are_found_at_one_false_in_twenty_series()
    {
        var watches = SimulatedSeries.Draw(100, seed: 77).ConvertAll(series =>
        {
            var watch = new OurWatch(SapSuite.Settings);
            return new Watched(WalkForward.Run(series, watch), watch);
        });
        var figures = DriftFigures.Of([], [.. watches.Select(one => one.Result)]);
        Value(figures, "recallSimulated").ShouldBeGreaterThanOrEqualTo(0.9);
        Value(figures, "falseSimulated").ShouldBeLessThanOrEqualTo(0.05);
        Value(figures, "medianDelaySimulated").ShouldBeLessThanOrEqualTo(15);
        foreach (var kind in Enum.GetValues<VerdictKind>())
        {
            DriftFigures.ShareNamed([.. watches.Where(one => one.Result.Series.Kind == kind)])
                .ShouldBeGreaterThanOrEqualTo(0.85, kind.ToString());
        }

        List<Watched> raised = [.. watches.Where(one => one.Result.DelayBuilds is not null)];
        DriftFigures.ShareOf(raised, one => one.SuspectsBuild).ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public async Task A_folder_without_verdicts_is_missing_data()
    {
        var folder = Directory.CreateTempSubdirectory("aiops-sap-").FullName;
        try
        {
            (await Should.ThrowAsync<MissingDataException>(() => RunAsync(folder))).Message.ShouldContain(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "verdicts.csv"), "Type;Dataset;Change Point\nregression;1.csv;2\n");
            (await Should.ThrowAsync<MissingDataException>(() => RunAsync(folder))).Message.ShouldContain("1.csv");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_verdict_names_the_last_good_index_so_the_change_is_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("aiops-sap-").FullName;
        try
        {
            const string Verdicts = "Type;Dataset;Change Point\nregression;1.csv;2\nHigh deviation ;2.csv;0\n";
            File.WriteAllText(Path.Combine(folder, "verdicts.csv"), Verdicts);
            File.WriteAllText(Path.Combine(folder, "1.csv"), "Index,GHC,Measurement\n1,10,1.5\n2,10,1.25\n3,11,9\n");
            File.WriteAllText(Path.Combine(folder, "2.csv"), "Index,GHC,Measurement\n1,10,1.5\n");
            var series = SapData.Read(folder);
            series[0].Change.ShouldBe(2);
            series[0].Builds.ShouldBe([10L, 10, 11]);
            series[0].Values.ShouldBe([1.5, 1.25, 9]);
            (series[1].Kind, series[1].Change).ShouldBe((VerdictKind.HighDeviation, null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("1,10,")]
    [InlineData("1,10")]
    [InlineData("first,10,1.5")]
    [InlineData("1,99999999999999999999,1.5")]
    public void A_measurement_that_is_none_is_named_by_file_and_line(string line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("verdicts.csv"), "Type;Dataset;Change Point\nstable;1.csv;0\n");
        File.WriteAllText(folder.File("1.csv"), $"Index,GHC,Measurement\n1,10,1.5\n\n{line}\n");
        Should.Throw<MissingDataException>(() => SapData.Read(folder.Path)).Message.ShouldContain("1.csv, line 4");
    }

    private static Task<SuiteReport> RunAsync(string folder)
        => new SapSuite().RunAsync(new SuiteRun(folder) { Short = true }, CancellationToken.None);

    private static double Value(FigureSet figures, string key)
        => figures.Figures.Single(figure => figure.Key == key).Figure.Value;
}
