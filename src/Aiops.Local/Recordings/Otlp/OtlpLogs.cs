using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings.Otlp;

/// <summary>Log records of an OTLP/JSON document (<c>resourceLogs</c>).</summary>
internal static class OtlpLogs
{
    public static long Read(
        ReadOnlyMemory<byte> text, StampWindow window, ClockComparison clocks, Severities severities, LogSink sink, FileNotes notes)
    {
        using var document = JsonDocument.Parse(text);
        long count = 0;
        foreach (var resource in document.RootElement.Items("resourceLogs"))
        {
            var component = resource.Component();
            foreach (var record in resource.Items("scopeLogs").SelectMany(scope => scope.Items("logRecords")))
            {
                var time = record.Long("timeUnixNano");
                time = time == 0 ? record.Long("observedTimeUnixNano") : time; // As the data model says.
                var severity = record.Text("severityText");
                severity = severity.Length > 0 ? severities.Normal(severity) : Severities.Of((int)record.Long("severityNumber"));
                notes.Lines++;
                clocks.Saw(component, time);
                if (!window.Contains(time))
                {
                    notes.OutsideWindow++;
                    continue;
                }

                var body = record.TryGetProperty("body", out var value) ? value.AnyValue() : "";
                sink(new LogRecord(time, component, severity, body, record.Text("traceId")));
                count++;
            }
        }

        return count;
    }
}
