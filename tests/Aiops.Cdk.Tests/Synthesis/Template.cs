using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>One synthesized CloudFormation template, as assertions read it.</summary>
public sealed class Template
{
    private Template(string file)
    {
        File = file;
        Json = JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject();
    }

    public string File { get; }
    public JsonObject Json { get; }

    public IReadOnlyList<Resource> Resources
        => [.. Json[nameof(Resources)]!.AsObject().Select(
            pair => new Resource(pair.Key, pair.Value!["Type"]!.ToString(), pair.Value.AsObject()))];

    public static Template Read(string folder, string stack) => new(Path.Combine(folder, $"{stack}.template.json"));

    public IReadOnlyList<Resource> OfType(string type) => [.. Resources.Where(resource => resource.Type == type)];

    public Resource Named(string type, string property, string value)
        => OfType(type).Single(resource => resource.Text(property) == value);

    /// <summary>The function of a handler.</summary>
    public Resource Function(string handler)
        => OfType("AWS::Lambda::Function")
            .Single(function => function.Text("Environment", "Variables", "ANNOTATIONS_HANDLER") == handler);

    /// <summary>What a role may do, from all its policies.</summary>
    public IReadOnlyList<Statement> StatementsOf(string roleId)
        => [.. OfType("AWS::IAM::Policy").Where(policy
            => policy.Property("Roles")!.AsArray().Any(role => role?["Ref"]?.ToString() == roleId)).SelectMany(Statement.Of)];

    public string OutputValue(string key) => Render(Json["Outputs"]![key]!["Value"]);

    /// <summary>A value with its intrinsic functions written as text: a reference as <c>${Id}</c>, an attribute as
    /// <c>${Id.Arn}</c>.</summary>
    public static string Render(JsonNode? node) => node switch
    {
        null => "",
        JsonObject { Count: 1 } function when function["Ref"] is { } id => $"${{{id}}}",
        JsonObject { Count: 1 } function when function["Fn::GetAtt"] is JsonArray parts => $"${{{parts[0]}.{parts[1]}}}",
        JsonObject { Count: 1 } function when function["Fn::Join"] is JsonArray join
            => string.Join(join[0]!.ToString(), join[1]!.AsArray().Select(Render)),
        JsonObject { Count: 1 } function when function["Fn::Sub"] is JsonValue sub => sub.ToString(),
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(new JsonSerializerOptions()),
    };
}
