using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>A tool call's arguments as JSON, and back.</summary>
public static class ToolArguments
{
    // Arguments are a text that the model reads: what is escaped there costs it several tokens a letter.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>One JSON object; <c>{}</c> for none.</summary>
    /// <exception cref="NotSupportedException">A value is neither JSON nor one of its scalars.</exception>
    public static string ToJson(IDictionary<string, object?>? arguments)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Plain))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// The call that a model wrote. Where its arguments are no JSON object it has none, and <see cref="FunctionCallContent.Exception"/>
    /// says so: that is for the model to mend, not for the conversation to end by.
    /// </summary>
    /// <param name="json">Some models write nothing where a tool takes nothing.</param>
    public static FunctionCallContent Read(string callId, string name, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new FunctionCallContent(callId, name, document.RootElement.EnumerateObject().ToDictionary(member => member.Name, object? (member) => member.Value.Clone()))
                : Broken(callId, name, new JsonException("The arguments are no JSON object."));
        }
        catch (JsonException e)
        {
            return Broken(callId, name, e);
        }
    }

    private static FunctionCallContent Broken(string callId, string name, JsonException reason) => new(callId, name) { Exception = reason };

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case System.Text.Json.Nodes.JsonNode node:
                node.WriteTo(writer);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int or long or double or decimal or float or short or byte:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"A tool's argument is a {value.GetType().Name}: only JSON's own kinds are sent.");
        }
    }
}
