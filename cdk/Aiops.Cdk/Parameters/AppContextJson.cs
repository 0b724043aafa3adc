using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Constructs;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Aiops.Cdk.Parameters;

/// <summary>
/// The app's context as JSON. The CDK command passes <c>cdk.json</c> on; without the command (<c>dotnet run</c>) it is read here,
/// so that both ways make the same templates.
/// </summary>
public static class AppContextJson
{
    private const string KeyPrefix = "aiops:";

    /// <summary>The nearest <c>cdk.json</c> upwards; null where the command has passed it on or none is found.</summary>
    public static IDictionary<string, object>? OfFile(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "cdk.json");
            if (File.Exists(file) && JsonNode.Parse(File.ReadAllText(file))?["context"] is JsonObject context)
            {
                return context.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)!);
            }
        }

        return null;
    }

    /// <summary>What begins with <c>aiops:</c>, without it.</summary>
    public static JsonObject Of(Node node)
    {
        var all = Json(node.GetAllContext(null)) as JsonObject ?? [];
        return new JsonObject(all
            .Where(pair => pair.Key.StartsWith(KeyPrefix, StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[KeyPrefix.Length..], pair.Value?.DeepClone())));
    }

    /// <summary>All of it, for an app within the app.</summary>
    internal static IDictionary<string, object> Whole(Node node)
        => (IDictionary<string, object>)Plain(Json(node.GetAllContext(null)) as JsonObject ?? [])!;

    internal static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject o => o.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)!),
        JsonArray a => a.Select(Plain).ToArray(),
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag,
        JsonValue v when v.TryGetValue<double>(out var number) => number,
        _ => node.ToString(),
    };

    // The binding hands over what it got from Node in types of its own choice.
    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        JToken token => JsonNode.Parse(token.ToString(Formatting.None)),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        IDictionary<string, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Json(pair.Value)))),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(Json)]),
        _ => JsonNode.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!), // A number.
    };
}
