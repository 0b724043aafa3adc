using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>
/// The Query protocol's answers: <c>&lt;XResponse&gt;&lt;XResult&gt;…</c>, lists as <c>&lt;member&gt;</c>. XML doesn't tell a
/// list of one from a structure nor a number from text, so the record's own shape decides what each element becomes.
/// </summary>
internal static class QueryXml
{
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    public static TResponse Read<TResponse>(Stream body, JsonTypeInfo<TResponse> type, string operation)
        where TResponse : class
    {
        using var reader = XmlReader.Create(body, Safe);
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            reader.ReadStartElement($"{operation}Response");
            if (reader.IsStartElement($"{operation}Result"))
            {
                Structure(reader, type, writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }

            while (reader.NodeType != XmlNodeType.EndElement)
            {
                reader.Skip(); // ResponseMetadata. What is cut off here throws.
            }
        }

        return JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), type)
            ?? throw new JsonException("The answer is null.");
    }

    public static XmlReader Open(Stream body) => XmlReader.Create(body, Safe);

    private static void Value(XmlReader reader, JsonTypeInfo type, Utf8JsonWriter writer)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                Structure(reader, type, writer);
                break;
            case JsonTypeInfoKind.Dictionary:
                Map(reader, writer);
                break;
            case JsonTypeInfoKind.Enumerable:
                List(reader, type.Options.GetTypeInfo(type.ElementType!), writer);
                break;
            default:
                Scalar(reader.ReadElementContentAsString(), type.Type, writer);
                break;
        }
    }

    private static void Structure(XmlReader reader, JsonTypeInfo type, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var name in Children(reader))
        {
            if (type.Properties.FirstOrDefault(p => p.Name == name) is { } property)
            {
                writer.WritePropertyName(name);
                Value(reader, type.Options.GetTypeInfo(property.PropertyType), writer);
            }
            else
            {
                reader.Skip();
            }
        }

        writer.WriteEndObject();
    }

    private static void List(XmlReader reader, JsonTypeInfo items, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var _ in Children(reader))
        {
            Value(reader, items, writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Of text to text: <c>&lt;entry&gt;&lt;key/&gt;&lt;value/&gt;&lt;/entry&gt;</c>.</summary>
    private static void Map(XmlReader reader, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var _ in Children(reader))
        {
            Dictionary<string, string> entry = [];
            foreach (var part in Children(reader))
            {
                entry[part] = reader.ReadElementContentAsString();
            }

            writer.WriteString(entry["key"], entry["value"]);
        }

        writer.WriteEndObject();
    }

    /// <summary>The names of an element's children, the reader on each: the caller reads it, then asks for the next.</summary>
    private static IEnumerable<string> Children(XmlReader reader)
    {
        var empty = reader.IsEmptyElement;
        reader.ReadStartElement();
        if (empty)
        {
            yield break;
        }

        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            yield return reader.LocalName;
        }

        reader.ReadEndElement();
    }

    private static void Scalar(string text, Type type, Utf8JsonWriter writer)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string) || plain == typeof(DateTimeOffset))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteRawValue(text); // Numbers and booleans are written alike in both; anything else throws.
        }
    }
}
