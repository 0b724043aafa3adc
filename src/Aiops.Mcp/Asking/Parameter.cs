using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.Mcp.Asking;

/// <summary>One argument of a tool: the client's schema and our own reading are both made of it.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind, string Description)
{
    public bool Required { get; init; }

    /// <summary>Of a text: characters. Of a number: its value. Of names: how many.</summary>
    public int Most { get; init; } = 200;

    public int Least { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    public static Parameter Incident { get; } = new("incidentId", ParameterKind.Text, "The incident's id, as list_incidents has it.") { Required = true, Most = 100 };

    public static Parameter Round { get; } = new("round", ParameterKind.Number, "Which analysis: 1 is the first. The newest where it is left out.") { Least = 1, Most = 10_000 };

    public static Parameter Cursor { get; } = new("cursor", ParameterKind.Text, "nextCursor of the answer before, to go on where it ended.") { Most = 400 };

    public static Parameter Limit { get; } = new("limit", ParameterKind.Number, "Most entries in the answer (default 20).") { Least = 1, Most = 100 };

    public static Parameter Component { get; } = new("component", ParameterKind.Text, "Only of this component, by its exact name.");

    public JsonObject Schema() => Kind switch
    {
        ParameterKind.Number => new JsonObject { ["type"] = "integer", ["description"] = Description, ["minimum"] = Least, ["maximum"] = Most },
        ParameterKind.Flag => new JsonObject { ["type"] = "boolean", ["description"] = Description },
        ParameterKind.Names => new JsonObject
        {
            ["type"] = "array",
            ["description"] = Description,
            ["maxItems"] = Most,
            ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = 200 },
        },
        _ when Choices.Count > 0 => new JsonObject
        {
            ["type"] = "string",
            ["description"] = Description,
            ["enum"] = new JsonArray([.. Choices.Select(choice => (JsonNode)JsonValue.Create(choice))]),
        },
        _ => new JsonObject { ["type"] = "string", ["description"] = Description, ["maxLength"] = Most },
    };

    public static JsonElement SchemaOf(IReadOnlyList<Parameter> parameters)
    {
        JsonObject properties = [];
        foreach (var parameter in parameters)
        {
            properties[parameter.Name] = parameter.Schema();
        }

        JsonObject schema = new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. parameters.Where(parameter => parameter.Required).Select(parameter => (JsonNode)JsonValue.Create(parameter.Name))]),
            ["additionalProperties"] = false,
        };
        return JsonElement.Parse(schema.ToJsonString());
    }
}

internal enum ParameterKind
{
    Text,
    Number,
    Flag,
    Names,
}
