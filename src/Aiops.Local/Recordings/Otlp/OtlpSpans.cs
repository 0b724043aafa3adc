using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings.Otlp;

/// <summary>Spans of an OTLP/JSON document (<c>resourceSpans</c>).</summary>
internal static class OtlpSpans
{
    private const long Error = 2; // STATUS_CODE_ERROR

    public static long Read(ReadOnlyMemory<byte> text, StampWindow window, ClockComparison clocks, SpanSink sink, FileNotes notes)
    {
        using var document = JsonDocument.Parse(text);
        long count = 0;
        foreach (var resource in document.RootElement.Items("resourceSpans"))
        {
            var component = resource.Component();
            foreach (var span in resource.Items("scopeSpans").SelectMany(scope => scope.Items("spans")))
            {
                var (start, end) = (span.Long("startTimeUnixNano"), span.Long("endTimeUnixNano"));
                notes.Lines++;
                clocks.Saw(component, start);
                if (!window.Contains(start))
                {
                    notes.OutsideWindow++;
                    continue;
                }

                sink(new Span(
                    span.Text("traceId"), span.Text("spanId"), span.Text("parentSpanId"), component, span.Text("name"),
                    start, Math.Max(start, end), HasFailed(span)));
                count++;
            }
        }

        return count;
    }

    private static bool HasFailed(JsonElement span)
        => span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code)
            && (code.ValueKind == JsonValueKind.String ? code.GetString() == "STATUS_CODE_ERROR" : code.GetInt64() == Error);
}
