using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Reads ISO 8601 strings and epochs, in seconds or milliseconds by their size; writes ISO 8601.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    private const long YEAR_5000_IN_SECONDS = 157753180800; // Past this an epoch counts milliseconds.

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var date))
            return date;
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonSerializerException($"Unknown token type when parsing DateTime: {reader.TokenType}");
        if (reader.TryGetInt64(out var whole))
            return whole > YEAR_5000_IN_SECONDS ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole);
        return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
