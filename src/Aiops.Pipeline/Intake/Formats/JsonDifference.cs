using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>What was edited, for people: <c>threshold: 10.0 → 20.0</c>, a line for each leaf that differs.</summary>
internal static class JsonDifference
{
    private const int MostLines = 20;
    private const int ShownLength = 80;

    /// <summary>Stamps change with every edit and say nothing of it.</summary>
    private const string Ignored = "timestamp";

    public static IReadOnlyList<string> Between(JsonElement before, JsonElement after)
    {
        var lines = new List<string>();
        Compare("", before, after, lines);
        return lines;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, List<string> lines)
    {
        if (lines.Count >= MostLines)
        {
            return;
        }

        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(path, before, after, lines);
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            CompareItems(path, before, after, lines);
        }
        else if (before.AsNumber() is not { } number || number != after.AsNumber()) // 20 and 20.0 are one.
        {
            var (old, now) = (Shown(before), Shown(after));
            if (old != now)
            {
                lines.Add($"{path}: {old} → {now}");
            }
        }
    }

    private static void CompareMembers(string path, JsonElement before, JsonElement after, List<string> lines)
    {
        var old = new Dictionary<string, JsonElement>();
        foreach (var property in before.EnumerateObject())
        {
            old[property.Name] = property.Value;
        }

        var seen = new HashSet<string>();
        foreach (var property in after.EnumerateObject().Where(property => property.Name != Ignored && seen.Add(property.Name)))
        {
            Compare(Join(path, property.Name), old.GetValueOrDefault(property.Name), property.Value, lines);
        }

        foreach (var (name, value) in old.Where(pair => pair.Key != Ignored && !seen.Contains(pair.Key)))
        {
            Compare(Join(path, name), value, default, lines);
        }
    }

    private static void CompareItems(string path, JsonElement before, JsonElement after, List<string> lines)
    {
        using var old = before.EnumerateArray();
        using var now = after.EnumerateArray();
        for (var index = 0; lines.Count < MostLines; index++)
        {
            var (hasOld, hasNow) = (old.MoveNext(), now.MoveNext());
            if (!hasOld && !hasNow)
            {
                return;
            }

            Compare($"{path}[{index}]", hasOld ? old.Current : default, hasNow ? now.Current : default, lines);
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.String => value.GetString()!.Quoted(ShownLength),
        _ => Cut(value.GetRawText()),
    };

    private static string Cut(string text) => text.Length > ShownLength ? $"{text.AsSpan(0, ShownLength)}…" : text;
}
