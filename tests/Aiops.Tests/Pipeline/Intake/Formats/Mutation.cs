using System.Text;
using System.Text.Json.Nodes;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>One value of a sample, replaced by something that its reader didn't expect there.</summary>
internal sealed record Mutation(string Path, string Replacement, byte[] Body)
{
    private static readonly string Huge = new('x', 50_000);

    /// <summary>Each value of the document in turn, by each wrong thing; members also removed.</summary>
    public static IEnumerable<Mutation> Of(byte[] sample)
    {
        foreach (var path in Paths(JsonNode.Parse(sample), "$"))
        {
            foreach (var (name, make) in Replacements())
            {
                var root = JsonNode.Parse(sample)!;
                if (Set(root, path, make))
                {
                    yield return new Mutation(Pattern(path), name, Encoding.UTF8.GetBytes(root.ToJsonString()));
                }
            }
        }
    }

    private static IEnumerable<(string Name, Func<JsonNode?>? Make)> Replacements() =>
    [
        ("removed", null),
        ("null", () => null),
        ("a number", () => JsonValue.Create(5)),
        ("true", () => JsonValue.Create(true)),
        ("a text", () => JsonValue.Create("wrong")),
        ("an empty text", () => JsonValue.Create("")),
        ("a huge text", () => JsonValue.Create(Huge)),
        ("an array", () => new JsonArray(1, "two", null)),
        ("an object", () => new JsonObject { ["unexpected"] = 1 }),
    ];

    private static IEnumerable<string[]> Paths(JsonNode? node, params string[] path)
    {
        var children = node switch
        {
            JsonObject members => members.Select(member => (Step: member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => (Step: $"[{index}]", Value: item)),
            _ => [],
        };
        foreach (var (step, value) in children)
        {
            string[] here = [.. path, step];
            yield return here;
            foreach (var below in Paths(value, here))
            {
                yield return below;
            }
        }
    }

    private static bool Set(JsonNode root, string[] path, Func<JsonNode?>? make)
    {
        var parent = root;
        foreach (var step in path[1..^1])
        {
            parent = parent is JsonArray array ? array[int.Parse(step[1..^1])]! : parent[step]!;
        }

        if (parent is JsonArray items)
        {
            var index = int.Parse(path[^1][1..^1]);
            if (make is null)
            {
                return false; // A shorter list is not a wrong one.
            }

            items[index] = make();
        }
        else if (make is null)
        {
            parent.AsObject().Remove(path[^1]);
        }
        else
        {
            parent[path[^1]] = make();
        }

        return true;
    }

    private static string Pattern(string[] path)
        => string.Concat(path.Select((step, at) => at == 0 ? step : step.StartsWith('[') ? "[]" : $".{step}"));
}
