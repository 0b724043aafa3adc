using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aiops.Tests.Cli;

public sealed class EvaluateTests : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task Labelled_recordings_are_judged_with_a_curve_and_a_baseline_that_holds_until_a_figure_falls()
    {
        var (baseline, plot) = (Path.Combine(command.Folder, "baseline.json"), Path.Combine(command.Folder, "plots/curve.svg"));
        var (exitCode, output, _) = await command.RunAsync("evaluate", "recordings", "--json", "--save", baseline, "--plot", plot);
        exitCode.ShouldBe(0);
        var report = JsonNode.Parse(output)!;
        report["incidents"]!.GetValue<int>().ShouldBe(Directory.EnumerateDirectories(Path.Combine(TestPaths.Root, "recordings")).Count());
        var figures = report["figures"]!.AsArray().ToDictionary(figure => figure!["name"]!.GetValue<string>(), figure => figure!);
        figures.Keys.ShouldBe(["top1", "top3", "severityAgreement", "actionUsefulness", "brier", "calibrationError", "secondsPerIncident"]);
        figures["top1"]["on"]!.GetValue<double>().ShouldBeGreaterThan(0.5);
        report["curve"]!.AsArray().Count.ShouldBe(figures["top1"]["count"]!.GetValue<int>());
        XDocument.Load(plot).Root!.Name.LocalName.ShouldBe("svg");

        (await command.RunAsync("evaluate", "recordings", "--baseline", baseline)).ExitCode.ShouldBe(0);
        await File.WriteAllTextAsync(baseline, """{"figures":{"brier":0,"top1":1.5}}""");
        var (failed, shown, _) = await command.RunAsync("evaluate", "recordings", "--baseline", baseline);
        failed.ShouldBe(1);
        shown.ShouldContain("worse");
        var (held, named, _) = await command.RunAsync("evaluate", "recordings", "--baseline", baseline, "--margin", "2");
        held.ShouldBe(0);
        named.ShouldContain("new top3");
        await File.WriteAllTextAsync(baseline, """{"figures":{"top1":0,"severityAgreement":0.5,"costPerIncident":0}}""");
        var (gone, told, _) = await command.RunAsync("evaluate", "recordings", "--baseline", baseline, "--margin", "2");
        gone.ShouldBe(1);
        told.ShouldContain("gone cost per incident: 0.000 in the baseline, not measured now");
    }

    [Fact]
    public async Task Recordings_of_one_name_from_two_folders_are_two_incidents_and_one_named_twice_is_one()
    {
        var from = Path.Combine(TestPaths.Root, "recordings", "bad-deployment");
        var to = Path.Combine(command.Folder, "other", "bad-deployment");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var (exitCode, output, _) = await command.RunAsync("evaluate", from, from, to, "--json");
        exitCode.ShouldBe(0);
        JsonNode.Parse(output)!["incidents"]!.GetValue<int>().ShouldBe(2);
        Directory.EnumerateDirectories(Path.Combine(command.Folder, "state", "evaluations")).Select(Path.GetFileName).Order().ShouldBe(["bad-deployment", "bad-deployment-2"]);
    }

    [Fact]
    public async Task A_folder_without_a_review_says_what_to_do()
    {
        var (exitCode, _, error) = await command.RunAsync("evaluate");
        exitCode.ShouldBe(4);
        error.ShouldContain("reviewed");
    }

    [Theory]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    public async Task A_margin_below_nothing_is_refused(string margin)
        => (await command.RunAsync("evaluate", "recordings", "--margin", margin)).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_baseline_that_is_none_is_refused_by_name()
    {
        var file = Path.Combine(command.Folder, "broken.json");
        await File.WriteAllBytesAsync(file, Encoding.UTF8.GetBytes("[1]"));
        var (exitCode, _, error) = await command.RunAsync("evaluate", "recordings", "--baseline", file);
        exitCode.ShouldBe(3);
        error.ReplaceLineEndings("").ShouldContain("broken.json");
        (await command.RunAsync("evaluate", "recordings", "--baseline", Path.Combine(command.Folder, "absent.json"))).ExitCode.ShouldBe(4);
    }
}
