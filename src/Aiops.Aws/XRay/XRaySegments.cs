using System.Text.Json;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire.XRay;

namespace Aiops.Aws.XRay;

/// <summary>
/// Spans of X-Ray's segment documents ("X-Ray segment documents"): a segment is one service's part of a trace, its subsegments
/// what it did meanwhile. What hasn't ended or isn't readable is left out.
/// </summary>
internal static class XRaySegments
{
    private const int MostDepth = 32;

    /// <returns>How many spans were handed on.</returns>
    public static long Read(Trace trace, TimeWindow window, SpanSink sink)
    {
        long count = 0;
        foreach (var segment in trace.Segments)
        {
            try
            {
                using var document = JsonDocument.Parse(segment.Document ?? "{}");
                var root = document.RootElement;
                var component = XRayNames.Of(Text(root, "name") ?? "", Text(root, "origin"));
                if (component.Length > 0)
                {
                    count += Read(root, trace.Id ?? "", Text(root, "parent_id") ?? "", component, window, sink, 0);
                }
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // Whoever sent this segment wrote something else; the others still tell.
            }
        }

        return count;
    }

    private static long Read(
        JsonElement part, string trace, string parent, string component, TimeWindow window, SpanSink sink, int depth)
    {
        long count = 0;
        var id = Text(part, "id") ?? "";
        if (Seconds(part, "start_time") is { } start && Seconds(part, "end_time") is { } end && end >= start && id.Length > 0
            && window.Contains(DateTimeOffset.UnixEpoch.AddTicks(start / TimeSpan.NanosecondsPerTick)))
        {
            var failed = Is(part, "fault") || Is(part, "throttle"); // An "error" is the caller's: 4xx.
            sink(new Span(trace, id, parent, component, Operation(part), start, end, failed));
            count++;
        }

        if (depth < MostDepth && part.TryGetProperty("subsegments", out var inner) && inner.ValueKind == JsonValueKind.Array)
        {
            foreach (var sub in inner.EnumerateArray())
            {
                count += Read(sub, trace, id, component, window, sink, depth + 1);
            }
        }

        return count;
    }

    private static string Operation(JsonElement part)
    {
        var name = Text(part, "name") ?? "";
        if (part.TryGetProperty("aws", out var aws) && Text(aws, "operation") is { } operation)
        {
            return $"{name} {operation}";
        }

        return part.TryGetProperty("http", out var http) && http.TryGetProperty("request", out var request)
            && Text(request, "method") is { } method
            && Uri.TryCreate(Text(request, "url"), UriKind.Absolute, out var url)
                ? $"{method} {url.AbsolutePath}"
                : name;
    }

    private static long? Seconds(JsonElement part, string name)
        => part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? (long)(value.GetDecimal() * 1_000_000_000m)
            : null;

    private static string? Text(JsonElement part, string name)
        => part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(JsonElement part, string name)
        => part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
