using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>rest-json: members in the path, in the query string, and the rest in the body.</summary>
internal static class RestJson
{
    public static void Write<TRequest>(TRequest request, JsonTypeInfo<TRequest> type, RestBinding rest, IRequest http)
    {
        http.HttpMethod = rest.Method;
        http.ResourcePath = rest.Path;
        http.UseQueryString = true;
        using var document = JsonSerializer.SerializeToDocument(request, type);
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                Put(member, type, rest, http, writer);
            }

            writer.WriteEndObject();
        }

        if (rest.Method != "GET")
        {
            http.Content = body.ToArray();
            http.Headers["Content-Type"] = "application/json";
        }
    }

    private static void Put(JsonProperty member, JsonTypeInfo type, RestBinding rest, IRequest http, Utf8JsonWriter body)
    {
        if (rest.InPath.Contains(member.Name))
        {
            http.AddPathResource($"{{{member.Name}}}", Text(member.Value));
        }
        else if (rest.InQuery.TryGetValue(member.Name, out var name))
        {
            http.Parameters[name] = IsTime(type, member.Name) ? IsoTime(member.Value) : Text(member.Value);
        }
        else
        {
            member.WriteTo(body);
        }
    }

    private static bool IsTime(JsonTypeInfo type, string name)
        => type.Properties.First(p => p.Name == name).PropertyType is var property
            && (property == typeof(DateTimeOffset) || property == typeof(DateTimeOffset?));

    // Seconds since 1970 in a body, ISO 8601 in a query string: so the protocol's default.
    private static string IsoTime(JsonElement value)
        => DateTimeOffset.UnixEpoch.AddSeconds(value.GetDouble()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static string Text(JsonElement value)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
