using System.Text.Json;
using System.Xml;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>A service's error: a code without namespace and a message, both empty when the body says nothing readable.</summary>
internal sealed record ErrorBody(string Code, string Message, string? RequestId)
{
    /// <param name="errorType">The header <c>x-amzn-ErrorType</c>, which rest-json prefers: <c>Throttling:http://…</c>.</param>
    public static ErrorBody Read(Stream body, WireProtocol protocol, string? errorType)
    {
        var bytes = AwsJson.ReadAll(body);
        var read = protocol == WireProtocol.Query ? FromXml(bytes) : FromJson(bytes);
        return string.IsNullOrEmpty(errorType) ? read : read with { Code = Plain(errorType) };
    }

    private static ErrorBody FromJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var members = document.RootElement.EnumerateObject()
                .ToLookup(m => m.Name, m => m.Value, StringComparer.OrdinalIgnoreCase);
            var code = Text(members["__type"]) ?? Text(members["code"]) ?? "";
            return new ErrorBody(Plain(code), Text(members["message"]) ?? "", null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new ErrorBody("", "the error's body can't be read", null); // A proxy's page, or nothing at all.
        }
    }

    private static ErrorBody FromXml(byte[] bytes)
    {
        var (code, message, id) = ("", "", (string?)null);
        try
        {
            using MemoryStream body = new(bytes);
            using var reader = QueryXml.Open(body);
            while (!reader.EOF)
            {
                switch (reader.NodeType == XmlNodeType.Element ? reader.LocalName : "")
                {
                    case "Code":
                        code = reader.ReadElementContentAsString();
                        break;
                    case "Message":
                        message = reader.ReadElementContentAsString();
                        break;
                    case "RequestId" or "RequestID":
                        id = reader.ReadElementContentAsString();
                        break;
                    default:
                        reader.Read();
                        break;
                }
            }
        }
        catch (XmlException)
        {
            message = message.Length > 0 ? message : "the error's body can't be read";
        }

        return new ErrorBody(code, message, id);
    }

    private static string? Text(IEnumerable<JsonElement> values)
        => values.Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()).FirstOrDefault();

    // "com.amazonaws.sqs#QueueDoesNotExist" and "ThrottlingException:http://internal.amazon.com/…" both mean the middle.
    private static string Plain(string code) => code.Split(':')[0].Split('#')[^1];
}
