using System.Globalization;
using System.Text.Json;

namespace Aiops.Local.Recordings.Otlp;

/// <summary>What the three signals of OTLP/JSON share (opentelemetry.io/docs/specs/otlp, JSON Protobuf encoding).</summary>
internal static class OtlpJson
{
    /// <summary>The items of an array property; none when it is absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property)
        => element.TryGetProperty(property, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    public static string Text(this JsonElement element, string property)
        => element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A 64-bit integer: the encoding writes it as text, and some senders as a number.</summary>
    public static long Long(this JsonElement element, string property)
        => !element.TryGetProperty(property, out var value) ? 0
            : value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    /// <summary>A double, which may be written as text (<c>"NaN"</c>); NaN when it is absent.</summary>
    public static double Double(this JsonElement element, string property)
        => !element.TryGetProperty(property, out var value) ? double.NaN
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) ? number
            : double.NaN;

    /// <summary>The resource's <c>service.name</c>; OpenTelemetry's <c>unknown_service</c> when it has none.</summary>
    public static string Component(this JsonElement resourceItem)
        => resourceItem.TryGetProperty("resource", out var resource)
            ? resource.Items("attributes").Where(a => a.Text("key") == "service.name").Select(a => a.GetProperty("value").AnyValue()).FirstOrDefault("unknown_service")
            : "unknown_service";

    /// <summary>An <c>AnyValue</c> as text.</summary>
    public static string AnyValue(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return value.ToString();
        }

        foreach (var kind in value.EnumerateObject())
        {
            return kind.Value.ValueKind == JsonValueKind.String ? kind.Value.GetString()! : kind.Value.GetRawText();
        }

        return "";
    }
}
