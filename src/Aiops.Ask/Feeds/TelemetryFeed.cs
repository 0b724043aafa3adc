using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Ask.Data;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Ask.Feeds;

/// <summary>Telemetry from sources like those that the analysis reads: a recording's, or any other's. What a source lacks stays empty.</summary>
public sealed class TelemetryFeed(TimeWindow window) : ITableFeed
{
    private const string Ask = "ask";

    public IMetricSource? Metrics { get; init; }

    public ILogSource? Logs { get; init; }

    public ITraceSource? Traces { get; init; }

    public ITopologySource? Topology { get; init; }

    public IChangeSource? Changes { get; init; }

    public async Task FeedAsync(ITableStore tables, CancellationToken cancellationToken)
    {
        var query = new TelemetryQuery(Ask, window, []);
        await UnlessMissing(() => FeedMetricsAsync(tables, query, cancellationToken));
        await UnlessMissing(() => FeedLogsAsync(tables, query, cancellationToken));
        await UnlessMissing(() => FeedSpansAsync(tables, query, cancellationToken));
        await UnlessMissing(() => FeedCallsAsync(tables, query, cancellationToken));
        await UnlessMissing(() => FeedChangesAsync(tables, query, cancellationToken));
    }

    private static async Task UnlessMissing(Func<Task> feed)
    {
        try
        {
            await feed();
        }
        catch (SourceMissingException)
        {
            // It was never recorded: its table is empty, and an answer from it says so.
        }
    }

    private async Task FeedMetricsAsync(ITableStore tables, TelemetryQuery query, CancellationToken cancellationToken)
    {
        if (Metrics is null)
        {
            return;
        }

        var series = await Metrics.QueryAsync(query, cancellationToken);
        using var rows = tables.Append("metrics");
        foreach (var one in series.Items)
        {
            var signal = one.Kind.ToString().ToLowerInvariant();
            for (var i = 0; i < one.Values.Length; i++)
            {
                rows.AddTime(one.UnixMilliseconds[i] * 1_000).Add(one.Component).Add(one.Metric).AddOrNull(one.Statistic).AddOrNull(one.Unit).Add(signal).Add(one.Values[i]).EndRow();
            }
        }

        rows.Finish();
    }

    private async Task FeedLogsAsync(ITableStore tables, TelemetryQuery query, CancellationToken cancellationToken)
    {
        if (Logs is null)
        {
            return;
        }

        using var rows = tables.Append("logs");
        await Logs.ReadAsync(
            query,
            (in LogRecord line) =>
            {
                rows.AddTime(line.UnixNanoseconds / 1_000).Add(line.Component).AddOrNull(line.Severity).Add(line.Body);
                (line.TraceId.IsEmpty ? rows.AddNull() : rows.Add(line.TraceId)).EndRow();
            },
            cancellationToken);
        rows.Finish();
    }

    private async Task FeedSpansAsync(ITableStore tables, TelemetryQuery query, CancellationToken cancellationToken)
    {
        if (Traces is null)
        {
            return;
        }

        using var rows = tables.Append("spans");
        await Traces.ReadAsync(
            query,
            (in Span span) => rows.AddTime(span.StartUnixNanoseconds / 1_000).Add(span.Component).Add(span.Operation)
                .Add((span.EndUnixNanoseconds - span.StartUnixNanoseconds) / 1e6).Add(span.Failed).AddNull()
                .AddOrNull(span.TraceId).AddOrNull(span.SpanId).AddOrNull(span.ParentSpanId).EndRow(),
            cancellationToken);
        rows.Finish();
    }

    private async Task FeedCallsAsync(ITableStore tables, TelemetryQuery query, CancellationToken cancellationToken)
    {
        if (Topology is null)
        {
            return;
        }

        var graph = await Topology.QueryAsync(query, cancellationToken);
        using var rows = tables.Append("calls");
        foreach (var (caller, callee) in graph.Items.Calls)
        {
            rows.Add(caller).Add(callee).EndRow();
        }

        rows.Finish();
    }

    private async Task FeedChangesAsync(ITableStore tables, TelemetryQuery query, CancellationToken cancellationToken)
    {
        if (Changes is null)
        {
            return;
        }

        var changes = await Changes.QueryAsync(query, cancellationToken);
        using var rows = tables.Append("changes");
        foreach (var change in changes.Items)
        {
            rows.AddOrNull(change.At).AddOrNull(change.Component).Add(change.Kind.ToString().ToLowerInvariant())
                .Add(change.Summary).AddOrNull(change.Actor).AddOrNull(change.Reference).EndRow();
        }

        rows.Finish();
    }
}
