using Aiops.Accuracy;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses;
using Aiops.Accuracy.RootCauses.LateOnset;

namespace Aiops.Tests.Accuracy.RootCauses;

/// <summary>The suites on made-up data, where every figure is known, and shortened on the labelled data where it is.</summary>
public sealed class RootCauseSuiteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Petshop_scores_causes_and_quiet_alarms_by_scenario_and_metric()
    {
        PetshopFolder.Write(folder.Path);

        var report = await new PetshopSuite().RunAsync(new SuiteRun(folder.File("petshop")), default);

        report.Cases.ShouldBe(2);
        report.Ours.Figures.Select(figure => (figure.Key, figure.Figure.Value))
            .ShouldBe([("top1", 1), ("top3", 1), ("specificity", 1)]);
        report.Ours.Groups.Select(group => group.Name).ShouldBe(
            ["calm latency", "calm latency, all after the cut", "caused by service", "caused by table"]);
        report.Peers.Select(peer => peer.Name).ShouldBe(["ranked correlation", "anomaly traversal", "BARO", "max |z|"]);
        report.Peers[1].Figures.Figures[0].Figure.Value.ShouldBe(1, "the chain ends at the cause");
    }

    [Fact]
    public async Task A_scenario_that_borrows_its_normal_period_is_reported_apart()
    {
        PetshopFolder.Write(folder.Path);
        Directory.CreateDirectory(folder.File("petshop/other"));
        Directory.Move(folder.File("petshop/calm/issue_02"), folder.File("petshop/other/issue_02"));
        File.Copy(folder.File("petshop/calm/graph.csv"), folder.File("petshop/other/graph.csv"));

        var report = await new PetshopSuite().RunAsync(new SuiteRun(folder.File("petshop")), default);

        report.Cases.ShouldBe(1);
        report.Ours.Groups.Select(group => group.Name).ShouldContain("other latency");
        report.Notes.ShouldContain(note => note.StartsWith("other borrow a normal period", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cases_without_labels_are_refused_with_what_was_expected()
    {
        PetshopFolder.Write(folder.Path, labelled: false);

        var run = new SuiteRun(folder.File("petshop"));
        var refused = await Should.ThrowAsync<MissingDataException>(() => new PetshopSuite().RunAsync(run, default));

        refused.Message.ShouldContain("petshop-calm-issue-01 has no label");
    }

    [Fact]
    public async Task Late_onset_names_the_folder_that_it_lacks()
    {
        PetshopFolder.Write(folder.Path);
        var run = new SuiteRun(folder.Path) { Short = true };
        var missing = await Should.ThrowAsync<MissingDataException>(() => new LateOnsetSuite().RunAsync(run, default));

        missing.Message.ShouldContain(folder.File("nezha"));
    }

    [Fact]
    public async Task Simulated_causes_are_found()
    {
        var run = new SuiteRun("") { Short = true, PlotFolder = folder.File("plots") };

        var report = await new SimulatedSuite().RunAsync(run, default);

        report.Cases.ShouldBeGreaterThan(8);
        Value(report.Ours, "top1").ShouldBeGreaterThanOrEqualTo(0.85, "200 seeds give .96");
        Value(report.Ours, "top3").ShouldBeGreaterThanOrEqualTo(0.9);
        var plot = await File.ReadAllTextAsync(folder.File("plots/simulated.svg"));
        plot.ShouldBe(BarChart.Render(report));
        System.Xml.Linq.XDocument.Parse(plot).Descendants().Count(one => one.Name.LocalName == "rect").ShouldBeGreaterThan(8);
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Petshop_is_no_worse_than_it_was()
    {
        var run = new SuiteRun(Path.Combine(TestPaths.Shared!, "data", "petshop")) { Short = true };

        var report = await new PetshopSuite().RunAsync(run, default);

        Value(report.Ours, "top3").ShouldBeGreaterThanOrEqualTo(0.6);
        Value(report.Ours, "specificity").ShouldBeGreaterThanOrEqualTo(0.8);
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Nezha_can_be_measured()
    {
        var report = await new NezhaSuite().RunAsync(new SuiteRun(NezhaPart.Link(folder)), default);

        report.Cases.ShouldBe(1);
        report.Ours.Figures.Select(figure => figure.Key).ShouldBe(["as1", "as3", "as5"]);
        Value(report.Ours, "as3").ShouldBe(1, "the part is one case, and it is found");
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Late_onset_can_be_measured()
    {
        NezhaPart.Link(folder);
        Directory.CreateSymbolicLink(folder.File("petshop"), Path.Combine(TestPaths.Shared!, "data", "petshop"));

        var report = await new LateOnsetSuite().RunAsync(new SuiteRun(folder.Path) { Short = true }, default);

        report.Ours.Figures.Select(figure => figure.Key).ShouldBe(["top3Loss"]);
        report.Ours.Groups.Count.ShouldBe(12);
        Value(report.Ours, "top3Loss").ShouldBeLessThanOrEqualTo(0.25, "two of Nezha's four disturbances may cost its case");
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Late_onset_reports_a_borrowed_normal_period_apart()
    {
        NezhaPart.Link(folder);
        PetshopFolder.Write(folder.Path);
        Directory.CreateDirectory(folder.File("petshop/borrower"));
        Directory.Move(folder.File("petshop/calm/issue_02"), folder.File("petshop/borrower/issue_02"));
        File.Copy(folder.File("petshop/calm/graph.csv"), folder.File("petshop/borrower/graph.csv"));

        var report = await new LateOnsetSuite().RunAsync(new SuiteRun(folder.Path) { Short = true }, default);

        report.Cases.ShouldBe(2, "one of each that is pooled");
        report.Ours.Groups[^1].Name.ShouldBe("borrower");
        report.Notes[^1].ShouldStartWith("borrower borrow a normal period");
    }

    private static double Value(FigureSet figures, string key) => figures.Figures.First(figure => figure.Key == key).Figure.Value;
}
