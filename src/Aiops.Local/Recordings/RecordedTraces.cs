using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Otlp;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>Spans of a recording, streamed.</summary>
internal sealed class RecordedTraces(RecordingPart part) : ITraceSource
{
    private const int TraceId = 0, SpanId = 1, Parent = 2, Component = 3, Operation = 4, Start = 5, End = 6, DurationMs = 7, Status = 8, Failed = 9;

    private static readonly RowSchema Schema = new(
        "traceId|trace_id", "spanId|span_id", "parentSpanId|parent_span_id|parentId", "component|service.name|service",
        "operation|name", "start|startTime|startTimeUnixNano", "end|endTime|endTimeUnixNano", "durationMs", "status|statusCode", "failed|error");

    public async Task<SourceReport> ReadAsync(TelemetryQuery query, SpanSink sink, CancellationToken cancellationToken)
    {
        var window = new StampWindow(query.Window);
        var names = new StringPool();
        var ids = new RecentIds();
        var clocks = new ClockComparison();
        var text = new TextBuffer();
        long count = 0;
        var gaps = await part.ReadAsync(
            Schema,
            notes =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.TryTime(Start, out var start))
                    {
                        return "a start that isn't a time";
                    }

                    var end = start.UnixNanoseconds;
                    if (row.TryTime(End, out var stamp))
                    {
                        end = stamp.UnixNanoseconds;
                    }
                    else if (row.TryDouble(DurationMs, out var milliseconds) && milliseconds is >= 0 and < 1e12)
                    {
                        end += (long)(milliseconds * 1_000_000);
                    }
                    else
                    {
                        return "neither an end nor a duration";
                    }

                    if (end < start.UnixNanoseconds)
                    {
                        return "an end before its start";
                    }

                    var component = row.String(Component, text, names);
                    if (component.Length == 0 || !row.Has(TraceId) || !row.Has(SpanId))
                    {
                        return "no component, trace or span id";
                    }

                    notes.Saw(start.Form);
                    clocks.Saw(component, start.UnixNanoseconds);
                    if (!window.Contains(start.UnixNanoseconds))
                    {
                        notes.OutsideWindow++;
                        return null;
                    }

                    sink(new Span(
                        ids.Intern(row.Text(TraceId, text)),
                        ids.Intern(row.Text(SpanId, text)),
                        ids.Intern(row.Text(Parent, text)),
                        component,
                        row.String(Operation, text, names),
                        start.UnixNanoseconds,
                        end,
                        HasFailed(row)));
                    count++;
                    return null;
                };
            },
            (document, notes) => count += OtlpSpans.Read(document, window, clocks, sink, notes),
            cancellationToken);
        return new SourceReport(count, part.Provenance(query), [.. gaps, .. clocks.Tell()]);
    }

    /// <summary>By OpenTelemetry's status (<c>ERROR</c>, <c>STATUS_CODE_ERROR</c>, 2), or a plain flag.</summary>
    private static bool HasFailed(in Row row)
    {
        var status = row.Raw(Status);
        return row.IsTrue(Failed) || status is [.., (byte)'2'] || System.Text.Ascii.EqualsIgnoreCase(status, "error"u8)
            || System.Text.Ascii.EqualsIgnoreCase(status, "status_code_error"u8);
    }
}
