using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aiops.StateMachine;

/// <summary>Immutable JSON values: made here, never changed, and numbers keep the text they were written with.</summary>
internal static partial class Json
{
    /// <summary>How deep values may nest: more than any text that a default parser lets in, wrapped a few times over.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = MaxDepth };
    private static readonly JsonWriterOptions WriterOptions
        = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    public static JsonElement Null { get; } = JsonElement.Parse("null");
    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");
    public static JsonElement EmptyArray { get; } = JsonElement.Parse("[]");
    public static JsonElement True { get; } = JsonElement.Parse("true");
    public static JsonElement False { get; } = JsonElement.Parse("false");

    /// <exception cref="StateFailedException">States.Runtime: the value would nest too deeply.</exception>
    public static JsonElement Build(Action<Utf8JsonWriter> write)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            {
                write(writer);
            }

            return JsonElement.Parse(buffer.WrittenSpan, Deep);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw StateFailedException.Runtime($"The data nests more than {MaxDepth} levels deep.");
        }
    }

    /// <summary>
    /// The value itself, or where strings in it hold half a surrogate pair, one that has U+FFFD there, which can be read.
    /// </summary>
    public static JsonElement Readable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return Null;
        }

        try
        {
            _ = Text(value);
            return value;
        }
        catch (InvalidOperationException)
        {
            var mended = HalfPairs().Replace(value.GetRawText(), match => match.Groups["half"].Success ? @"\uFFFD" : match.Value);
            return JsonElement.Parse(mended, Deep);
        }
    }

    public static JsonElement String(string value) => Build(writer => writer.WriteStringValue(value));

    public static JsonElement Number(long value) => JsonElement.Parse(value.ToString(CultureInfo.InvariantCulture));

    public static JsonElement Boolean(bool value) => value ? True : False;

    public static JsonElement Array(IEnumerable<JsonElement> items) => Build(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    public static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> members) => Build(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    /// <summary>The compact text, without white space and with only the escapes that JSON demands.</summary>
    public static string Text(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The size of the compact text in UTF-8, in bytes: what payload quotas count.</summary>
    public static int Size(JsonElement value) => Encoding.UTF8.GetByteCount(Text(value));

    public static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var first = true;
                foreach (var member in value.EnumerateObject())
                {
                    text.Append(first ? "" : ",");
                    AppendQuoted(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                    first = false;
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                for (var i = 0; i < value.GetArrayLength(); i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Append(text, value[i]);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendQuoted(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    // Whole escapes are taken in turn, so that a half is seen as such: a high one not followed by a low one, or a low one alone.
    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.CultureInvariant | RegexOptions.Singleline, 5000)]
    private static partial Regex HalfPairs();
}
