using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>The Query protocol's timestamps: ISO 8601 in UTC.</summary>
internal sealed class IsoTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
}
