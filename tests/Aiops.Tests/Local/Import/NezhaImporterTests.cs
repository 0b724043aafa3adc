using System.IO.Compression;
using System.Text;
using Aiops.Analysis.Topology;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Tests.Local.Recordings;

namespace Aiops.Tests.Local.Import;

public sealed class NezhaImporterTests : IDisposable
{
    private const long Noticed = 1674981780; // 2023-01-29T08:43:00Z
    private const string LogHeader = "Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log\n";
    private const string SpanHeader = "TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration\n";

    private readonly string folder = Directory.CreateTempSubdirectory("aiops-nezha-").FullName;

    public NezhaImporterTests()
    {
        Write("case_01/label.json", """{"date":"2023-01-29","inject_time":"2023-01-29 08:43:04Z","root_cause":{"pod":"user-866bd68c97-xcqfx","service":"user","type":"return"}}""");
        Write("case_01/log/08_43_log.csv.gz", LogHeader
            + Log(Noticed - 30, "web-6f6cfc45b-h5m2n", "before")
            + Log(Noticed + 30, "user-866bd68c97-xcqfx", "16:43:25.206 ERROR u.UserService#1 it \\\"broke\\\"")
            + $"2023-01-29T08:43:31.5,-6795364578871345152,n,web-6f6cfc45b-h5m2n,server,t,s,\"{{\"\"log\"\":\"\"without a clock\\n\"\"}}\"\n"
            + "2023-01-29T08:43:31Z,1,n\n");
        Write("case_01/trace/08_43_trace.csv.gz", SpanHeader
            + Span(Noticed + 30, "t", "a", "root", "web-6f6cfc45b-h5m2n") + Span(
                Noticed + 30, "t", "b", "a", "user-866bd68c97-xcqfx"));
        Write("faultfree/2023-01-29/log/08_50_log.csv.gz", LogHeader + Log(Noticed + 400, "web-6f6cfc45b-h5m2n", "quiet") + Log(Noticed + 460, "web-6f6cfc45b-h5m2n", "quiet"));
        Write("faultfree/2023-01-29/trace/08_50_trace.csv.gz", SpanHeader + Span(Noticed + 400, "u", "c", "root", "web-6f6cfc45b-h5m2n"));
        Write("metric/2023-01-29/web-6f6cfc45b-h5m2n_metric.csv.gz", "Time,TimeStamp,PodName,CpuUsageRate(%),PodServerLatencyP95(s)\n"
            + string.Concat(
                Enumerable.Range(-60, 80).Select(i => $"x,{Noticed + (i * 60)},web-6f6cfc45b-h5m2n,{i}.5,{(i == 3 ? "NaN" : "0.2")}\n")));
        Write("metric/2023-01-29/front_service.csv.gz", "Time,TimeStamp,ServiceName,SuccessRate(%),LatencyP50(s),LatencyP99(s)\n"
            + $"x,{Noticed - 51},Frontend,0,0.1,0.2\nx,{Noticed + 9},Frontend,0,0.1,3.5\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Container_logs_are_unwrapped_and_belong_to_the_service_of_their_pod()
    {
        var (imported, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        var (lines, report) = await recording.ReadLogsAsync(Query(recording));

        lines.Select(line => (line.Component, line.Severity, line.Body)).ShouldBe(
        [
            ("web", "", "quiet"), ("web", "", "quiet"), ("web", "", "before"),
            ("user", "ERROR", "16:43:25.206 ERROR u.UserService#1 it \"broke\""), ("web", "", "without a clock"),
        ]);
        report.Gaps.ShouldBeEmpty();
        imported.Gaps.ShouldHaveSingleItem().ShouldContain("3 cells where the header has 8");
    }

    [Fact]
    public async Task The_windows_keep_the_real_stamps_and_may_be_disjoint()
    {
        var (_, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        var logs = recording.WindowsOf(ContextSource.Logs);
        logs.Incident!.Start.ToUnixTimeSeconds().ShouldBe(Noticed);
        logs.Baseline.Select(w => w.Start.ToUnixTimeSeconds() - Noticed).ShouldBe([-30, 400]);
        var metrics = recording.WindowsOf(ContextSource.Metrics).Baseline.ShouldHaveSingleItem();
        metrics.End.ToUnixTimeSeconds().ShouldBe(Noticed);
    }

    [Fact]
    public async Task Metrics_calls_and_spans_speak_of_services()
    {
        var (_, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        var metrics = (await recording.Metrics.QueryAsync(Query(recording), default)).Items;
        metrics.Select(s => (s.ToString(), s.Unit)).ShouldContain(("web PodServerLatency p95", "s"));
        var graph = (await recording.Topology.QueryAsync(Query(recording), default)).Items;
        graph.Calls.ShouldBe([new Call("Frontend", "web"), new Call("web", "user")]);
        var (spans, _) = await recording.ReadSpansAsync(Query(recording));
        spans.Select(span => (span.Component, span.ParentSpanId)).ShouldBe([("web", ""), ("web", ""), ("user", "a")]);
        spans[0].Duration.ShouldBe(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public async Task The_alarm_speaks_of_the_entry_service_and_the_label_stays_in_the_truth()
    {
        var (imported, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        var truth = RecordingTruth.Read(imported.Files)!;
        (truth.Component, truth.Kind).ShouldBe(("user", "return"));
        var alarm = Encoding.UTF8.GetString(
            (await recording.EventsAsync(default).ToListAsync()).ShouldHaveSingleItem().Body.Span);
        alarm.ShouldContain("Frontend Latency p99");
        alarm.ShouldNotContain("user");
    }

    [Fact]
    public async Task A_folder_of_something_else_or_a_damaged_label_is_refused()
    {
        (await Should.ThrowAsync<ImportException>(() => ImportAsync(Path.Combine(folder, "metric")))).Message.ShouldContain("expected case_NN/label.json");
        File.WriteAllText(Path.Combine(folder, "case_01", "label.json"), "{}");
        (await Should.ThrowAsync<ImportException>(() => ImportAsync())).Message.ShouldContain("label.json can't be read");
    }

    [Fact]
    public async Task A_case_without_traces_or_a_fault_free_minute_is_imported_all_the_same()
    {
        Directory.Delete(Path.Combine(folder, "faultfree"), recursive: true);
        Directory.Delete(Path.Combine(folder, "case_01", "trace"), recursive: true);

        var (_, recording) = (await ImportAsync()).ShouldHaveSingleItem();

        recording.WindowsOf(ContextSource.Logs).Baseline.ShouldHaveSingleItem();
        (await recording.ReadSpansAsync(Query(recording))).Report.Gaps.ShouldBe(["spans.jsonl.gz is empty"]);
    }

    [Theory]
    [InlineData("ts-gateway-service-6f6cfc45b-h5m2n", "ts-gateway-service")]
    [InlineData("ts-route-plan-service-7cf64f4bd6-6k8mv", "ts-route-plan-service")]
    [InlineData("cart-0", "cart-0")]
    [InlineData("a-service-cache", "a-service-cache")]
    [InlineData("Frontend", "Frontend")]
    [InlineData("", "")]
    public void The_hashes_of_replica_set_and_pod_are_cut_off_and_nothing_else(string pod, string service)
        => PodNames.Service(pod).ShouldBe(service);

    [FactNeeding(Need.LabelledData)]
    public async Task Every_public_case_is_imported_with_logs_spans_metrics_alarm_and_truth()
    {
        var seen = 0;
        await foreach (var imported in new NezhaImporter().ImportAsync(Path.Combine(TestPaths.Shared!, "data", "nezha"), name => new MemoryFiles(name), default))
        {
            var recording = Recording.Open(imported.Files);
            (await recording.ReadLogsAsync(Query(recording))).Report.Count.ShouldBeGreaterThan(2_000, imported.Name);
            (await recording.ReadSpansAsync(Query(recording))).Report.Count.ShouldBeGreaterThan(5_000, imported.Name);
            (await recording.EventsAsync(default).ToListAsync()).ShouldHaveSingleItem(imported.Name);
            recording.WindowsOf(ContextSource.Logs).Baseline.ShouldNotBeEmpty(imported.Name);
            var graph = (await recording.Topology.QueryAsync(Query(recording), default)).Items;
            graph.Contains(RecordingTruth.Read(imported.Files)!.Component!).ShouldBeTrue(imported.Name);
            if (++seen == 4) // Half a second each; `aiops import` takes them all.
            {
                break;
            }
        }

        seen.ShouldBeGreaterThan(0);
    }

    private static TelemetryQuery Query(Recording recording) => new("i", recording.Window, []);

    private static string Log(long seconds, string pod, string text)
        => $"2023-01-29T00:00:00Z,{seconds}000000000,n,{pod},server,t,s,\"{{\"\"log\"\":\"\"{text.Replace("\"", "\"\"")}\\n\"\",\"\"stream\"\":\"\"stdout\"\"}}\"\n";

    private static string Span(long seconds, string trace, string span, string parent, string pod)
        => $"{trace},{span},{parent},{pod},GET,{seconds}000000000,{seconds}002000000,2000\n";

    private async Task<List<(ImportedRecording Imported, Recording Recording)>> ImportAsync(string? directory = null)
    {
        List<(ImportedRecording, Recording)> all = [];
        await foreach (var imported in new NezhaImporter().ImportAsync(directory ?? folder, name => new MemoryFiles(name), default))
        {
            all.Add((imported, Recording.Open(imported.Files)));
        }

        return all;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var stream = File.Create(file);
        using Stream target = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        target.Write(Encoding.UTF8.GetBytes(content));
    }
}
