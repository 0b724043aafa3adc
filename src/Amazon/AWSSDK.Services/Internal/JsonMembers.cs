using System.Text.Json;
using Amazon.Runtime.Documents;

namespace Amazon.Internal;

/// <summary>JSON members as the SDK reads and writes them: an absent one is null, a null one isn't written.</summary>
internal static class JsonMembers
{
    public static string Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static int? Integer(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    public static double? Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static bool? Truth(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>A moment that travels as seconds since 1970, in UTC.</summary>
    public static DateTime? Time(this JsonElement element, string name) =>
        element.Number(name) is { } seconds ? DateTime.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000)) : null;

    public static T Object<T>(this JsonElement element, string name, Func<JsonElement, T> read)
        where T : class =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? read(value) : null;

    /// <summary>Null where absent, unless <see cref="AWSConfigs.InitializeCollections"/> asks for an empty list.</summary>
    public static List<T> Many<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(read)]
            : Empty<T>();

    public static List<T> Empty<T>() => AWSConfigs.InitializeCollections ? [] : null;

    public static Document Document(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new Document(element.GetString()),
        JsonValueKind.True => new Document(true),
        JsonValueKind.False => new Document(false),
        JsonValueKind.Number when element.TryGetInt32(out var small) => new Document(small),
        JsonValueKind.Number when element.TryGetInt64(out var large) => new Document(large),
        JsonValueKind.Number => new Document(element.GetDouble()),
        JsonValueKind.Array => new Document(element.EnumerateArray().Select(Document).ToList()),
        JsonValueKind.Object => new Document(element.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.Document())),
        _ => default,
    };

    public static void Member(this Utf8JsonWriter writer, string name, string value)
    {
        if (value != null)
            writer.WriteString(name, value);
    }

    public static void Member(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value != null)
            writer.WriteNumber(name, value.Value);
    }

    public static void Member<T>(this Utf8JsonWriter writer, string name, T value, Action<T, Utf8JsonWriter> write)
        where T : class
    {
        if (value == null)
            return;
        writer.WriteStartObject(name);
        write(value, writer);
        writer.WriteEndObject();
    }

    public static void Members<T>(this Utf8JsonWriter writer, string name, List<T> values, Action<T, Utf8JsonWriter> write)
    {
        if (values == null || values.Count == 0 && AWSConfigs.InitializeCollections)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            write(value, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Value(this Utf8JsonWriter writer, Document value)
    {
        if (value.IsString())
            writer.WriteStringValue(value.AsString());
        else if (value.IsBool())
            writer.WriteBooleanValue(value.AsBool());
        else if (value.IsInt())
            writer.WriteNumberValue(value.AsInt());
        else if (value.IsLong())
            writer.WriteNumberValue(value.AsLong());
        else if (value.IsDouble())
            writer.WriteNumberValue(value.AsDouble());
        else if (value.IsList())
            Array(writer, value.AsList());
        else if (value.IsDictionary())
            Map(writer, value.AsDictionary());
        else
            writer.WriteNullValue();
    }

    private static void Array(Utf8JsonWriter writer, List<Document> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            writer.Value(value);
        writer.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter writer, Dictionary<string, Document> values)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            writer.Value(value);
        }

        writer.WriteEndObject();
    }
}
