using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Tests.Analysis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.GatherContext;

public class GatherContextStepTests
{
    private readonly DocumentsInMemory documents = new();
    private readonly OneIncident incidents = OneIncident.Of("checkout", Samples.Incident.Start.AddMinutes(30));

    [Fact]
    public async Task A_part_survives_its_document()
    {
        var source = new Fake { Metrics = [Samples.Noise(1)], Graph = new ServiceGraph([new Component("db", "AWS::RDS::DBInstance")], [new Call("checkout", "db")]) };
        var metrics = await RunAsync(ContextSource.Metrics, new ContextSources { Metrics = source });
        var topology = await RunAsync(ContextSource.Topology, new ContextSources { Topology = source });
        (metrics.Key, metrics.Status).ShouldBe(("incidents/INC-1/context/0/metrics.json", SourceStatus.Complete));
        topology.Status.ShouldBe(SourceStatus.Complete);

        var context = await ReadAsync();
        context.Metrics.ShouldHaveSingleItem().Values.ShouldBe(source.Metrics[0].Values);
        context.Metrics[0].UnixMilliseconds.ShouldBe(source.Metrics[0].UnixMilliseconds);
        context.Metrics[0].Kind.ShouldBe(SignalKind.Latency);
        context.Topology.TypeOf("db").ShouldBe("AWS::RDS::DBInstance");
        context.Topology.CalleesOf("checkout").ShouldBe(["db"]);
        context.Missing.Select(part => part.Source).ShouldBe(
            [ContextSource.Logs, ContextSource.Traces, ContextSource.Changes, ContextSource.Objectives, ContextSource.PastIncidents]);
    }

    [Fact]
    public async Task Log_lines_become_patterns()
    {
        var output = await RunAsync(ContextSource.Logs, new ContextSources { Logs = new Fake() });
        output.Status.ShouldBe(SourceStatus.Complete);
        var context = await ReadAsync();
        context.Logs.Count.ShouldBe(2);
        context.Logs[0].ShouldSatisfyAllConditions(s => s.Trend.ShouldBe(LogPatternTrend.New), s => s.Template.ShouldBe("refused <*>"));
    }

    [Fact]
    public async Task Spans_become_operations()
    {
        await RunAsync(ContextSource.Traces, new ContextSources { Traces = new Fake() });
        var operation = (await ReadAsync()).Traces.ShouldHaveSingleItem();
        (operation.Baseline.Count, operation.Incident.Count, operation.Incident.DurationMedian).ShouldBe((1, 1, 2));
    }

    [Theory]
    [InlineData(ContextSource.Metrics)]
    [InlineData(ContextSource.Logs)]
    [InlineData(ContextSource.Traces)]
    [InlineData(ContextSource.Topology)]
    [InlineData(ContextSource.Changes)]
    [InlineData(ContextSource.Objectives)]
    [InlineData(ContextSource.PastIncidents)]
    public async Task A_source_that_a_host_has_not_is_missing(ContextSource source)
    {
        var output = await RunAsync(source, new ContextSources());
        output.Status.ShouldBe(SourceStatus.Missing);
        output.Gaps.ShouldBe(["none is configured"]);
    }

    [Fact]
    public async Task A_denied_source_is_an_answer_and_an_unavailable_one_is_for_the_workflow()
    {
        var denied = await RunAsync(ContextSource.Metrics, new ContextSources { Metrics = new Fake { Fault = new SourceDeniedException("cloudwatch:GetMetricData") } });
        (denied.Status, denied.Gaps[0]).ShouldBe((SourceStatus.Denied, "cloudwatch:GetMetricData"));
        await Should.ThrowAsync<SourceUnavailableException>(
            () => RunAsync(ContextSource.Metrics, new ContextSources { Metrics = new Fake { Fault = new SourceUnavailableException("throttled") } }));
    }

    [Fact]
    public async Task An_answer_without_items_is_empty_and_names_the_components_without_data()
    {
        var output = await RunAsync(ContextSource.Metrics, new ContextSources { Metrics = new Fake() });
        (output.Status, output.Gaps.Count).ShouldBe((SourceStatus.Empty, 1));
        output.Gaps[0].ShouldBe("no metrics of checkout");
    }

    [Fact]
    public async Task Hints_replace_the_windows()
    {
        var windows = new AnalysisWindows(Samples.Baseline, Samples.Incident);
        var fake = new Fake { Metrics = [Samples.Noise(1)], Hint = windows };
        (await RunAsync(ContextSource.Metrics, new ContextSources { Metrics = fake, Windows = fake })).Status.ShouldBe(SourceStatus.Complete);
        fake.Asked!.Window.ShouldBe(windows.Hull);
        (await ReadAsync()).Window.ShouldBe(Samples.Incident);
    }

    [Fact]
    public void Gaps_name_series_that_end_early_and_have_holes()
    {
        var whole = Samples.Noise(1);
        int[] kept = [.. Enumerable.Range(0, 520).Where(i => i is < 100 or >= 104)];
        var series = whole with { UnixMilliseconds = [.. kept.Select(i => whole.UnixMilliseconds[i])], Values = [.. kept.Select(i => whole.Values[i])] };
        MetricGaps.Of([series, whole], new AnalysisWindows(Samples.Baseline, Samples.Incident), ["checkout", "orders"]).ShouldBe(
        [
            "no metrics of orders",
            "checkout: 1 of 2 series end before the incident's window does",
            "checkout: 1 of 2 series have holes of more than 3 periods",
        ]);
    }

    private Task<GatherContextOutput> RunAsync(ContextSource source, ContextSources sources)
        => new GatherContextStep(incidents, documents, sources, new StoppedClock(Samples.Incident.End), NullLogger<GatherContextStep>.Instance)
            .RunAsync(new GatherContextInput("INC-1", source, 0), CancellationToken.None);

    private Task<IncidentContext> ReadAsync()
        => new ContextDocuments(documents).ReadAsync("INC-1", 0, AnalysisWindows.For(incidents.Incident, Samples.Incident.End), CancellationToken.None);

    private sealed class Fake : IMetricSource, ILogSource, ITraceSource, ITopologySource, IWindowHints
    {
        public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

        public ServiceGraph Graph { get; init; } = ServiceGraph.Empty;

        public Exception? Fault { get; init; }

        public AnalysisWindows? Hint { get; init; }

        public TelemetryQuery? Asked { get; private set; }

        Task<SourceAnswer<IReadOnlyList<MetricSeries>>> IMetricSource.QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
        {
            Asked = query;
            return Fault is null ? Task.FromResult(new SourceAnswer<IReadOnlyList<MetricSeries>>(Metrics, Provenance(query), [])) : throw Fault;
        }

        Task<SourceAnswer<ServiceGraph>> ITopologySource.QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
            => Task.FromResult(new SourceAnswer<ServiceGraph>(Graph, Provenance(query), []));

        Task<SourceReport> ILogSource.ReadAsync(TelemetryQuery query, LogSink sink, CancellationToken cancellationToken)
        {
            for (var minute = 0; minute < 540; minute++)
            {
                var time = Samples.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * 1_000_000;
                sink(new LogRecord(time, "checkout", "INFO", $"served {minute}", ""));
                if (minute > 500)
                {
                    sink(new LogRecord(time, "checkout", "ERROR", $"refused {minute}", ""));
                }
            }

            return Task.FromResult(new SourceReport(580, Provenance(query), []));
        }

        Task<SourceReport> ITraceSource.ReadAsync(TelemetryQuery query, SpanSink sink, CancellationToken cancellationToken)
        {
            foreach (var minute in new[] { 10, 500 })
            {
                var start = Samples.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * 1_000_000;
                sink(new Span($"{minute}", "a", "", "checkout", "GET /", start, start + 2_000_000, false));
            }

            return Task.FromResult(new SourceReport(2, Provenance(query), []));
        }

        public Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken) => Task.FromResult(Hint);

        private static Provenance Provenance(TelemetryQuery query) => new("fake", "everything", query.Window);
    }
}
