using System.Text.Json.Nodes;

namespace Aiops.Cdk.Tests.Synthesis;

public sealed record Resource(string Id, string Type, JsonObject Json)
{
    /// <summary>The property at a path; null where there is none.</summary>
    public JsonNode? Property(params string[] path) => path.Aggregate(Json["Properties"], (node, name) => node?[name]);

    /// <summary>The same, rendered; empty where there is none.</summary>
    public string Text(params string[] path) => Template.Render(Property(path));

    public override string ToString() => $"{Type} {Id}";
}

/// <summary>One statement of a policy, its actions and resources as lists.</summary>
public sealed record Statement(string Owner, JsonObject Json)
{
    public string Effect => Json[nameof(Effect)]!.ToString();
    public IReadOnlyList<string> Actions => Many(Json["Action"]);
    public IReadOnlyList<string> Resources => Many(Json["Resource"]);
    public string Principal
        => Json[nameof(Principal)] is JsonObject { Count: 1 } principal ? Template.Render(principal.First().Value)
        : Template.Render(Json[nameof(Principal)]);

    /// <summary>Those of any resource with a policy document: roles', queues', keys', buckets', topics'.</summary>
    public static IEnumerable<Statement> Of(Resource resource)
    {
        JsonNode?[] documents = [resource.Property("PolicyDocument"), resource.Property("KeyPolicy"),
            resource.Property("AssumeRolePolicyDocument"), .. Inline(resource)];
        return documents.OfType<JsonObject>().SelectMany(document => document["Statement"]!.AsArray())
            .Select(statement => new Statement(resource.Id, statement!.AsObject()));
    }

    private static IEnumerable<JsonNode?> Inline(Resource resource)
        => resource.Property("Policies") is JsonArray policies ? policies.Select(policy => policy?["PolicyDocument"]) : [];

    private static IReadOnlyList<string> Many(JsonNode? node)
        => node is JsonArray array ? [.. array.Select(Template.Render)] : [Template.Render(node)];
}
