using System.Text.Json;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings.Otlp;

/// <summary>
/// Metrics of an OTLP/JSON document (<c>resourceMetrics</c>). A gauge is a raw series; a sum becomes its increase from point
/// to point (statistic <c>Sum</c>), a counter that restarts counting from zero; a histogram becomes the mean of each
/// interval (<c>Average</c>) and its count (<c>SampleCount</c>), for quantiles can't be had from buckets without guessing.
/// A point's attributes go into the metric's name, <c>http.server.request.duration{http.route=/cart}</c>.
/// </summary>
internal static class OtlpMetrics
{
    private const long Cumulative = 2; // AGGREGATION_TEMPORALITY_CUMULATIVE

    public static void Read(ReadOnlyMemory<byte> text, SeriesBuilder series)
    {
        using var document = JsonDocument.Parse(text);
        foreach (var resource in document.RootElement.Items("resourceMetrics"))
        {
            var component = resource.Component();
            foreach (var metric in resource.Items("scopeMetrics").SelectMany(scope => scope.Items("metrics")))
            {
                var (name, unit) = (metric.Text("name"), metric.Text("unit"));
                if (metric.TryGetProperty("gauge", out var gauge))
                {
                    foreach (var point in gauge.Items("dataPoints"))
                    {
                        series.Of(component, name + Attributes(point), "", unit, "").Add(Time(point), Value(point));
                    }
                }
                else if (metric.TryGetProperty("sum", out var sum))
                {
                    Sum(series, sum, component, name, unit);
                }
                else if (metric.TryGetProperty("histogram", out var histogram)
                    || metric.TryGetProperty("exponentialHistogram", out histogram))
                {
                    Histogram(series, histogram, component, name, unit);
                }
            }
        }
    }

    private static void Sum(SeriesBuilder series, JsonElement sum, string component, string name, string unit)
    {
        var counter = sum.TryGetProperty("isMonotonic", out var monotonic) && monotonic.ValueKind == JsonValueKind.True;
        foreach (var point in sum.Items("dataPoints"))
        {
            if (!counter && IsCumulative(sum)) // An up-down counter is a level.
            {
                series.Of(component, name + Attributes(point), "", unit, "").Add(Time(point), Value(point));
                continue;
            }

            var value = IsCumulative(sum) ? series.Increase((component, name + Attributes(point)), Value(point)) : Value(point);
            if (value is { } increase)
            {
                series.Of(component, name + Attributes(point), "Sum", unit, "").Add(Time(point), increase);
            }
        }
    }

    private static void Histogram(SeriesBuilder series, JsonElement histogram, string component, string name, string unit)
    {
        foreach (var point in histogram.Items("dataPoints"))
        {
            var full = name + Attributes(point);
            double? count = point.Long("count");
            double? total = point.Double("sum");
            if (IsCumulative(histogram))
            {
                count = series.Increase((component, full + " count"), count.Value);
                total = series.Increase((component, full + " sum"), total.Value);
            }

            if (count is { } n && total is { } s)
            {
                series.Of(component, full, "SampleCount", "{request}", "traffic").Add(Time(point), n);
                if (n > 0)
                {
                    series.Of(component, full, "Average", unit, "").Add(Time(point), s / n);
                }
            }
        }
    }

    private static bool IsCumulative(JsonElement data)
        => data.TryGetProperty("aggregationTemporality", out var kind) && (kind.ValueKind == JsonValueKind.String
            ? kind.GetString() == "AGGREGATION_TEMPORALITY_CUMULATIVE"
            : kind.GetInt64() == Cumulative);

    private static long Time(JsonElement point) => point.Long("timeUnixNano") / 1_000_000;

    private static double Value(JsonElement point)
        => point.TryGetProperty("asInt", out _) ? point.Long("asInt") : point.Double("asDouble");

    private static string Attributes(JsonElement point)
    {
        var attributes = point.Items("attributes")
            .Select(a => $"{a.Text("key")}={a.GetProperty("value").AnyValue()}")
            .Order(StringComparer.Ordinal);
        var text = string.Join(",", attributes);
        return text.Length == 0 ? "" : $"{{{text}}}";
    }
}
