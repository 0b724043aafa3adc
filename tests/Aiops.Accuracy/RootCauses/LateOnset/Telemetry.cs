using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Accuracy.RootCauses.LateOnset;

/// <summary>A recording's telemetry in memory, to be disturbed and asked again; a part that it lacks is null.</summary>
internal sealed record Telemetry
{
    public IReadOnlyList<MetricSeries>? Metrics { get; init; }

    public IReadOnlyList<LogLine>? Logs { get; init; }

    public IReadOnlyList<Span>? Spans { get; init; }

    public ServiceGraph? Topology { get; init; }

    public static async Task<Telemetry> ReadAsync(Recording recording, CancellationToken cancellationToken)
    {
        var query = new TelemetryQuery("", recording.Window, []);
        List<LogLine> lines = [];
        List<Span> spans = [];
        return new Telemetry
        {
            Metrics = await OrMissingAsync(async () => (await recording.Metrics.QueryAsync(query, cancellationToken)).Items),
            Logs = await OrMissingAsync(async () =>
            {
                await recording.Logs.ReadAsync(query, (in LogRecord record) => lines.Add(LogLine.Of(record)), cancellationToken);
                return lines;
            }),
            Spans = await OrMissingAsync(async () =>
            {
                await recording.Traces.ReadAsync(query, (in Span span) => spans.Add(span), cancellationToken);
                return spans;
            }),
            Topology = await OrMissingAsync(async () => (await recording.Topology.QueryAsync(query, cancellationToken)).Items),
        };
    }

    /// <summary>The pipeline's view of it.</summary>
    public ContextSources ToSources(IWindowHints windows)
    {
        var sources = new Sources(this);
        return new ContextSources
        {
            Metrics = Metrics is null ? null : sources,
            Logs = Logs is null ? null : sources,
            Traces = Spans is null ? null : sources,
            Topology = Topology is null ? null : sources,
            Windows = windows,
        };
    }

    private static async Task<T?> OrMissingAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SourceMissingException)
        {
            return null;
        }
    }

    private sealed class Sources(Telemetry telemetry) : IMetricSource, ILogSource, ITraceSource, ITopologySource
    {
        public Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(
            TelemetryQuery query, CancellationToken cancellationToken)
        {
            var window = query.Window;
            var within = telemetry.Metrics!.Select(series => series.Where((time, _) => window.Contains(time)));
            return Answer<IReadOnlyList<MetricSeries>>([.. within.Where(series => series.Values.Length > 0)], query);
        }

        public Task<SourceReport> ReadAsync(TelemetryQuery query, LogSink sink, CancellationToken cancellationToken)
        {
            foreach (var line in telemetry.Logs!)
            {
                sink(new LogRecord(line.UnixNanoseconds, line.Component, line.Severity, line.Body, line.TraceId));
            }

            return Task.FromResult(new SourceReport(telemetry.Logs.Count, ProvenanceOf(query), []));
        }

        public Task<SourceReport> ReadAsync(TelemetryQuery query, SpanSink sink, CancellationToken cancellationToken)
        {
            foreach (var span in telemetry.Spans!)
            {
                sink(span);
            }

            return Task.FromResult(new SourceReport(telemetry.Spans.Count, ProvenanceOf(query), []));
        }

        Task<SourceAnswer<ServiceGraph>> ITopologySource.QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
            => Answer(telemetry.Topology!, query);

        private static Task<SourceAnswer<T>> Answer<T>(T items, TelemetryQuery query)
            => Task.FromResult(new SourceAnswer<T>(items, ProvenanceOf(query), []));

        private static Provenance ProvenanceOf(TelemetryQuery query) => new("memory", "", query.Window);
    }
}

/// <summary>A log line that is kept.</summary>
internal readonly record struct LogLine(long UnixNanoseconds, string Component, string Severity, string Body, string TraceId)
{
    public static LogLine Of(in LogRecord record)
        => new(record.UnixNanoseconds, record.Component, record.Severity, record.Body.ToString(), record.TraceId.ToString());
}
