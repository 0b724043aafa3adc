using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Otlp;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>Log lines of a recording, streamed: nothing is kept, nothing is allocated per line.</summary>
internal sealed class RecordedLogs(RecordingPart part) : ILogSource
{
    private const int Time = 0, Component = 1, Severity = 2, Body = 3, TraceId = 4;

    private static readonly RowSchema Schema = new(
        "time|timestamp|ts|@timestamp|timeUnixNano", "component|service.name|service", "severity|severityText|level",
        "body|message|msg", "traceId|trace_id|TraceId");

    public async Task<SourceReport> ReadAsync(TelemetryQuery query, LogSink sink, CancellationToken cancellationToken)
    {
        var window = new StampWindow(query.Window);
        var pool = new StringPool();
        var severities = new Severities();
        var clocks = new ClockComparison();
        var (name, body, trace) = (new TextBuffer(), new TextBuffer(), new TextBuffer());
        long count = 0;
        var gaps = await part.ReadAsync(
            Schema,
            notes =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.TryTime(Time, out var stamp))
                    {
                        return "a time that isn't one";
                    }

                    var component = row.String(Component, name, pool);
                    if (component.Length == 0)
                    {
                        return "no component";
                    }

                    notes.Saw(stamp.Form);
                    clocks.Saw(component, stamp.UnixNanoseconds);
                    if (!window.Contains(stamp.UnixNanoseconds))
                    {
                        notes.OutsideWindow++;
                        return null;
                    }

                    sink(new LogRecord(
                        stamp.UnixNanoseconds, component, severities.Normal(row.String(Severity, name, pool)),
                        row.Text(Body, body).TrimEnd("\r\n"), row.Text(TraceId, trace)));
                    count++;
                    return null;
                };
            },
            (document, notes) => count += OtlpLogs.Read(document, window, clocks, severities, sink, notes),
            cancellationToken);
        return new SourceReport(count, part.Provenance(query), [.. gaps, .. clocks.Tell()]);
    }
}
