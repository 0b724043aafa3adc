using System.Text;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Tests.Local.Import;

public sealed class PetshopImporterTests : IDisposable
{
    private const string Header = "microservice,web,web,table_AWS::DynamoDB::Table\nmetric,latency,availability,latency\nstatistic,Average,Average,p99\nunix_timestamp,,,\n";
    private const string Target = """{"target":{"node":"web","metric":"latency","agg":"Average","timestamp":1681840990},"root_cause":{"node":"table_AWS::DynamoDB::Table","metric":null}}""";

    private readonly string folder = Directory.CreateTempSubdirectory("aiops-petshop-").FullName;

    public PetshopImporterTests()
    {
        Write("high/graph.csv", ",web,table_AWS::DynamoDB::Table,idle\nweb,0.0,1.0,0.0\ntable_AWS::DynamoDB::Table,0.0,0.0,0.0\n");
        Write("high/noissue/metrics.csv", Header + string.Concat(Enumerable.Range(0, 20).Select(i => $"{1693922400 + (i * 300)}.0,0.1,100.0,\n")));
        Write("high/issue_01/metrics.csv", Header + "1681840800.0,0.1,,0.2\n1681841100.0,9.5,55.0,8\nnever,1,1,1\n");
        Write("high/issue_01/target.json", Target);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_case_becomes_a_recording_with_its_baseline_months_away()
    {
        var (imported, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        imported.Name.ShouldBe("petshop-high-issue-01");
        imported.Gaps.ShouldBe(["1 rows of metrics.csv had no usable time"]);
        var windows = recording.WindowsOf(ContextSource.Metrics);
        windows.Baseline.ShouldHaveSingleItem().Start.ToUnixTimeSeconds().ShouldBe(1693922400);
        windows.Incident!.End.ToUnixTimeSeconds().ShouldBe(1681841400);
        var metrics = (await recording.Metrics.QueryAsync(new TelemetryQuery("i", recording.Window, []), default)).Items;
        metrics.Select(s => (s.ToString(), s.Unit, s.Values.Length)).ShouldBe(
            [("table_AWS::DynamoDB::Table latency p99", "s", 2), ("web availability Average", "%", 21), ("web latency Average", "s", 22)]);
        var graph = (await recording.Topology.QueryAsync(new TelemetryQuery("i", recording.Window, []), default)).Items;
        graph.CalleesOf("web").ShouldBe(["table_AWS::DynamoDB::Table"]);
        graph.TypeOf("table_AWS::DynamoDB::Table").ShouldBe("AWS::DynamoDB::Table");
        graph.Contains("idle").ShouldBeTrue();
    }

    [Fact]
    public async Task The_label_is_in_the_truth_and_the_alarm_names_the_target_alone()
    {
        var (imported, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        var truth = RecordingTruth.Read(imported.Files)!;
        (truth.Component, truth.Labels!["scenario"], truth.Labels["metric"]).ShouldBe(
            ("table_AWS::DynamoDB::Table", "high", "latency"));
        var alarm = Encoding.UTF8.GetString(
            (await recording.EventsAsync(default).ToListAsync()).ShouldHaveSingleItem().Body.Span);
        alarm.ShouldContain("\"service\":\"web\"");
        alarm.ShouldNotContain("DynamoDB");
    }

    [Fact]
    public async Task A_scenario_without_a_normal_period_borrows_one()
    {
        Write("temporal/graph.csv", ",web\nweb,0.0\n");
        Write("temporal/issue_07/metrics.csv", Header + "1681840800.0,0.1,,0.2\n");
        Write("temporal/issue_07/target.json", Target);

        var borrowed = (await ImportAsync())[1];

        borrowed.Imported.Name.ShouldBe("petshop-temporal-issue-07");
        borrowed.Recording.WindowsOf(ContextSource.Metrics).Baseline.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_any_normal_period_or_target_the_gaps_say_so()
    {
        Directory.Delete(Path.Combine(folder, "high", "noissue"), recursive: true);
        File.Delete(Path.Combine(folder, "high", "issue_01", "target.json"));

        var (imported, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        imported.Gaps.ShouldContain(gap => gap.Contains("no baseline"));
        imported.Gaps.ShouldContain("no target.json: no alarm event");
        recording.WindowsOf(ContextSource.Metrics).Baseline.ShouldBeEmpty();
        RecordingTruth.Read(imported.Files).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_of_something_else_is_refused_with_what_was_expected()
    {
        (await Should.ThrowAsync<ImportException>(() => ImportAsync(Path.Combine(folder, "none")))).Message.ShouldContain("does not exist");
        (await Should.ThrowAsync<ImportException>(() => ImportAsync(Path.Combine(folder, "high", "issue_01")))).Message.ShouldContain("expected SCENARIO/graph.csv");
        Write("high/issue_01/metrics.csv", "a,b\n1,2\n");
        (await Should.ThrowAsync<ImportException>(() => ImportAsync())).Message.ShouldContain("not a petshop table");
    }

    [FactNeeding(Need.LabelledData)]
    public async Task Every_public_case_is_imported_with_metrics_topology_alarm_and_truth()
    {
        var cases = await ImportAsync(Path.Combine(TestPaths.Shared!, "data", "petshop", "low_traffic"));

        cases.ShouldNotBeEmpty();
        foreach (var (imported, recording) in cases)
        {
            var query = new TelemetryQuery("i", recording.Window, []);
            (await recording.Metrics.QueryAsync(query, default)).Items.Count.ShouldBeGreaterThan(200);
            (await recording.Topology.QueryAsync(query, default)).Items.Calls.Count().ShouldBeGreaterThan(20);
            (await recording.EventsAsync(default).ToListAsync()).ShouldHaveSingleItem();
            RecordingTruth.Read(imported.Files)!.Component.ShouldNotBeNull();
        }
    }

    private async Task<List<(ImportedRecording Imported, Recording Recording)>> ImportAsync(string? directory = null)
    {
        List<(ImportedRecording, Recording)> all = [];
        await foreach (var imported in new PetshopImporter().ImportAsync(directory ?? folder, name => new MemoryFiles(name), default))
        {
            all.Add((imported, Recording.Open(imported.Files)));
        }

        return all;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
