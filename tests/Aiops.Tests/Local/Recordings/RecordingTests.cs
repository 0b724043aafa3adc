using System.IO.Compression;
using System.Text;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Tests.Local.Recordings;

public sealed class RecordingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-recording-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        var files = new MemoryFiles();
        var series = new MetricSeries { Component = "cart", Metric = "cpu", Unit = "%", Statistic = "p99", Kind = SignalKind.Traffic, UnixMilliseconds = [1773482400000, 1773482460000, 1773482580000], Values = [1.5, 2, -3e-7] };
        var sparse = new MetricSeries { Component = "cart", Metric = "restarts", Kind = SignalKind.Errors, UnixMilliseconds = [1773482400000, 1773482401000, 1773486000000], Values = [1, 2, 3] };
        var span = new Span("4bf9", "00f0", "", "cart", "GET /carts", 1773482400_000000001, 1773482400_500000000, true);
        var change = new Change(
            new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero), "cart", ChangeKind.Deployment, "cart 2 deployed", "ci",
            "d-1");
        var graph = new ServiceGraph(
            [new Component("cart", "AWS::ECS::Service"), new Component("idle")], [new Call("cart", "carts")]);
        var past = new RecordedCase
        {
            IncidentId = "INC-1",
            Title = "past",
            OpenedAt = change.At,
            Kind = IncidentKind.Errors,
            Components = ["cart"],
            Outcome = new Outcome { IncidentId = "INC-1", Verdict = Verdict.Confirmed, Component = "cart", Reviewer = "me", At = change.At, Helped = ["restart"] },
        };
        var writer = new RecordingWriter(files);
        writer.WriteEvents(
            [new RecordedEvent(change.At, "{\"a\":[1,2]}"u8.ToArray()), new RecordedEvent(null, "not {json"u8.ToArray())]);
        writer.WriteChanges([change]);
        writer.WriteTopology(graph);
        writer.WriteObjectives([new ObjectiveBudget("availability", "cart", 0.999, -0.2)]);
        writer.WriteCases([past]);
        using (var metrics = writer.OpenMetrics())
        using (var logs = writer.OpenLogs())
        using (var spans = writer.OpenSpans())
        {
            metrics.Write(series);
            metrics.Write(sparse);
            logs.Write(new LogRecord(1773482400_000000001, "cart", "ERROR", "line\n\"two\" – é", "4bf9"));
            spans.Write(span);
        }

        writer.Finish(
            new RecordingManifest { FormatVersion = 1, Name = "x", Window = RecordedWindow.From(RecordingFixture.Day) },
            new RecordingTruth("cart"));
        var recording = Recording.Open(files);

        var answer = await recording.Metrics.QueryAsync(RecordingFixture.Everything, default);
        answer.Items.Select(s => (s.ToString(), s.Unit, s.Kind)).ShouldBe(
            [("cart cpu p99", "%", SignalKind.Traffic), ("cart restarts", "", SignalKind.Errors)]);
        answer.Items[0].UnixMilliseconds.ShouldBe(series.UnixMilliseconds);
        answer.Items[0].Values.ShouldBe(series.Values);
        answer.Items[1].UnixMilliseconds.ShouldBe(sparse.UnixMilliseconds);
        (await recording.ReadLogsAsync()).Lines.ShouldBe([(1773482400_000000001, "cart", "ERROR", "line\n\"two\" – é", "4bf9")]);
        (await recording.ReadSpansAsync()).Spans.ShouldBe([span]);
        (await recording.Changes.QueryAsync(RecordingFixture.Everything, default)).Items.ShouldBe([change]);
        (await recording.Objectives.QueryAsync(RecordingFixture.Everything, default)).Items.ShouldBe(
            [new ObjectiveBudget("availability", "cart", 0.999, -0.2)]);
        var topology = (await recording.Topology.QueryAsync(RecordingFixture.Everything, default)).Items;
        topology.Components.ShouldBe(graph.Components);
        topology.Calls.ShouldBe(graph.Calls);
        var (cases, _) = await recording.CasesAsync(default);
        (cases[0].IncidentId, cases[0].Outcome.Verdict, cases[0].Outcome.Helped[0], cases[0].Symptoms.Count).ShouldBe(
            ("INC-1", Verdict.Confirmed, "restart", 0));
        var events = await recording.EventsAsync(default).ToListAsync();
        events.Select(e => (e.ReceivedAt, Encoding.UTF8.GetString(e.Body.Span))).ShouldBe(
            [(change.At, "{\"a\":[1,2]}"), (null, "not {json")]);
        recording.Manifest.Parts.ShouldBe(["cases", "changes", "events", "logs", "metrics", "objectives", "spans", "topology"]);
    }

    [Fact]
    public async Task No_event_is_skipped_whatever_its_line_is()
    {
        var recording = RecordingFixture.Of(
            "events.jsonl",
            "{\"receivedAt\":1773482400,\"body\":\"{cut\"}\r\n{\"AlarmName\":\"x\"}\n\n{\"body\":{\"cut\n\"text\"\n");

        var bodies = (await recording.EventsAsync(default).ToListAsync()).Select(
            e => Encoding.UTF8.GetString(e.Body.Span).TrimEnd('\r'));

        bodies.ShouldBe(["{cut", "{\"AlarmName\":\"x\"}", "{\"body\":{\"cut", "\"text\""]);
    }

    [Fact]
    public async Task A_single_event_may_lie_there_as_it_came()
        => (await RecordingFixture.Of("event.json", "{\"a\":1}").EventsAsync(default).ToListAsync()).ShouldHaveSingleItem().Body.Length.ShouldBe(7);

    [Theory]
    [InlineData("")]
    [InlineData("inside/a/folder/")]
    public async Task An_archive_is_read_like_its_folder(string prefix)
    {
        var path = Path.Combine(folder, "small.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in new[] { ("recording.json", RecordingFixture.Manifest), ("logs.jsonl", """{"time":1773482400,"component":"cart","body":"x"}""") })
            {
                using var entry = archive.CreateEntry(prefix + name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        var recording = Recording.Open(path);

        (await Task.WhenAll(recording.ReadLogsAsync(), recording.ReadLogsAsync())).ShouldAllBe(read => read.Lines.Count == 1);
    }

    [Fact]
    public async Task A_file_that_unpacks_to_more_than_allowed_stops_the_reading_by_name()
    {
        var files = RecordingFixture.Files();
        using (var bomb = new GZipStream(files.OpenWrite("logs.jsonl.gz"), CompressionLevel.SmallestSize))
        {
            bomb.Write(new byte[10_000_000]);
        }

        var recording = Recording.Open(files, new RecordingLimits { FileBytes = 5_000_000, LineBytes = 1 << 16 });

        files["logs.jsonl.gz"].Length.ShouldBeLessThan(20_000);
        (await Should.ThrowAsync<RecordingException>(() => recording.ReadLogsAsync())).Message.ShouldContain(
            "logs.jsonl.gz unpacks to more than 5,000,000 bytes");
    }

    [Fact]
    public async Task A_file_that_is_damaged_half_way_gives_what_came_before()
    {
        var files = RecordingFixture.Files();
        using (var packed = new GZipStream(files.OpenWrite("logs.jsonl.gz"), CompressionLevel.Fastest))
        {
            for (var i = 0; i < 50_000; i++)
            {
                packed.Write(Encoding.UTF8.GetBytes($$"""{"time":1773482400,"component":"cart","body":"{{i * 7919 % 10007}}"}""" + "\n"));
            }
        }

        files["logs.jsonl.gz"] = [.. files["logs.jsonl.gz"].Take(files["logs.jsonl.gz"].Length / 2), 1, 2, 3, 4, 5, 6, 7, 8, 9];

        var (lines, report) = await Recording.Open(files).ReadLogsAsync();

        lines.Count.ShouldBeInRange(1_000, 49_999);
        report.Gaps.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_is_no_recording_is_refused_with_its_path_and_the_remedy()
    {
        Should.Throw<RecordingException>(() => Recording.Open(Path.Combine(folder, "none"))).Message.ShouldContain("does not exist");
        Should.Throw<RecordingException>(() => Recording.Open(folder)).Message.ShouldContain("has no recording.json");
        var text = Path.Combine(folder, "text.zip");
        File.WriteAllText(text, "no archive");
        Should.Throw<RecordingException>(() => Recording.Open(text)).Message.ShouldContain("is not a zip archive");
    }

    [Theory]
    [InlineData("{", "can't be read")]
    [InlineData("{}", "can't be read")]
    [InlineData("""{"formatVersion":2,"name":"x","window":{"start":"2026-03-14T00:00:00Z","end":"2026-03-15T00:00:00Z"}}""", "is in format 2")]
    [InlineData("""{"formatVersion":1,"name":"x","window":null}""", "has no window")]
    [InlineData("""{"formatVersion":1,"name":"x","window":{"start":"2026-03-15T00:00:00Z","end":"2026-03-14T00:00:00Z"}}""", "before it starts")]
    public void A_manifest_that_is_wrong_or_newer_is_refused(string manifest, string reason)
    {
        var files = new MemoryFiles { ["recording.json"] = Encoding.UTF8.GetBytes(manifest) };

        Should.Throw<RecordingException>(() => Recording.Open(files)).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Spans_are_read_with_either_an_end_or_a_duration_and_nonsense_is_skipped()
    {
        var (spans, report) = await RecordingFixture.Of("spans.csv", """
            traceId,spanId,parentSpanId,component,operation,start,end,durationMs,status
            t,a,,cart,GET,2026-03-14T10:00:00Z,,12.5,ERROR
            t,b,a,cart,GET,2026-03-14T10:00:00Z,2026-03-14T10:00:01Z,,OK
            t,c,a,cart,GET,2026-03-14T10:00:01Z,2026-03-14T10:00:00Z,,
            t,d,a,cart,GET,2026-03-14T10:00:01Z,,,
            """).ReadSpansAsync();

        spans.Select(s => (s.SpanId, s.Duration.TotalMilliseconds, s.Failed)).ShouldBe([("a", 12.5, true), ("b", 1000, false)]);
        report.Gaps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Otlp_logs_and_spans_are_read()
    {
        const string Cart = """{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},""";
        var recording = Recording.Open(RecordingFixture.Files(
            ("logs.otlp.jsonl", $$$"""{"resourceLogs":[{{{Cart}}}"scopeLogs":[{"logRecords":[{"timeUnixNano":"1773482400000000000","severityNumber":17,"body":{"stringValue":"x"},"traceId":"ab"}]}]}]}"""),
            ("spans.otlp.json", $$$"""{"resourceSpans":[{{{Cart}}}"scopeSpans":[{"spans":[{"traceId":"ab","spanId":"c","name":"GET","startTimeUnixNano":"1773482400000000000","endTimeUnixNano":"1773482401000000000","status":{"code":2}}]}]}]}""")));

        (await recording.ReadLogsAsync()).Lines.ShouldBe([(1773482400_000000000, "cart", "ERROR", "x", "ab")]);
        (await recording.ReadSpansAsync()).Spans.ShouldBe(
            [new Span("ab", "c", "", "cart", "GET", 1773482400_000000000, 1773482401_000000000, true)]);
    }

    [Fact]
    public async Task The_windows_of_a_part_are_those_of_its_manifest()
    {
        var files = new MemoryFiles
        {
            ["recording.json"] = Encoding.UTF8.GetBytes("""{"formatVersion":1,"name":"x","window":{"start":"2026-03-14T00:00:00Z","end":"2026-03-15T00:00:00Z"},"windows":{"spans":{"baseline":[{"start":"2026-03-14T01:00:00Z","end":"2026-03-14T02:00:00Z"}]}}}"""),
        };
        var recording = Recording.Open(files);

        recording.WindowsOf(ContextSource.Traces).Baseline.ShouldHaveSingleItem().ToWindow().Length.ShouldBe(TimeSpan.FromHours(1));
        recording.WindowsOf(ContextSource.Traces).Incident.ShouldBeNull();
        recording.WindowsOf(ContextSource.Logs).Baseline.ShouldBeEmpty();
        await Should.ThrowAsync<SourceMissingException>(
            () => recording.Topology.QueryAsync(RecordingFixture.Everything, default));
    }
}
