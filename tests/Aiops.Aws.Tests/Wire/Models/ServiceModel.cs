using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aiops.Aws.Wire;

namespace Aiops.Aws.Tests.Wire.Models;

/// <summary>
/// A service's model as AWS publishes it in npm's <c>aws-sdk</c>, with what is newer than that package taken from the API
/// reference (<c>newer.json</c>, which names the page).
/// </summary>
internal sealed class ServiceModel(JsonNode published, JsonNode? newer)
{
    private static readonly string Here = Path.GetDirectoryName(ThisFile())!;
    private static readonly string Apis = Path.GetFullPath(Path.Combine(Here, "../../../npm/node_modules/aws-sdk/apis"));

    public static bool AreInstalled => Directory.Exists(Apis);

    public JsonNode Metadata => published["metadata"]!;

    public static ServiceModel Of(WireService service)
    {
        var name = $"{service.EndpointPrefix}-{service.Version}";
        return new ServiceModel(
            JsonNode.Parse(File.ReadAllText(Path.Combine(Apis, $"{name}.min.json")))!,
            JsonNode.Parse(File.ReadAllText(Path.Combine(Here, "newer.json")))![name]);
    }

    public JsonNode Operation(string name) => published["operations"]![name] ?? newer?[name]
        ?? throw new InvalidOperationException($"neither published nor excerpted: {name}");

    /// <summary>The shape itself where a member only names it; what is said beside the name (location, format) stays.</summary>
    public JsonNode Shape(JsonNode member)
    {
        if (member["shape"]?.GetValue<string>() is not { } name)
        {
            return member;
        }

        var merged = published["shapes"]![name]!.DeepClone().AsObject();
        foreach (var (key, value) in member.AsObject())
        {
            merged[key] = value?.DeepClone();
        }

        merged.Remove("shape");
        return merged;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>A theory over the published models: skipped where they aren't installed, unless everything must be there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOverModelsAttribute : TheoryAttribute
{
    public TheoryOverModelsAttribute()
    {
        if (!ServiceModel.AreInstalled && Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") != "1")
        {
            Skip = "needs AWS's service models: npm ci --prefix tests/npm";
        }
    }
}
