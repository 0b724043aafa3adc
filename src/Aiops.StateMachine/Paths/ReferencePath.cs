using System.Text.Json;

namespace Aiops.StateMachine.Paths;

/// <summary>Puts a value where a reference path points, making the objects on the way that are missing.</summary>
internal static class ReferencePath
{
    /// <returns>
    /// The new document, or null when the path can't be applied: through a scalar, or past the end of an array.
    /// </returns>
    public static JsonElement? Put(JsonElement document, JsonPath path, JsonElement value)
        => Put(document, path.Segments, 0, value);

    private static JsonElement? Put(JsonElement? node, IReadOnlyList<PathSegment> segments, int step, JsonElement value)
    {
        if (step == segments.Count)
        {
            return value;
        }

        return segments[step] switch
        {
            PathSegment.Name { Value: var name } => PutMember(node, name, segments, step, value),
            PathSegment.Index { Value: var index } => PutItem(node, index, segments, step, value),
            _ => null,
        };
    }

    private static JsonElement? PutMember(
        JsonElement? node, string name, IReadOnlyList<PathSegment> segments, int step, JsonElement value)
    {
        if (node is { } present && present.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var before = node is { } whole && whole.TryGetProperty(name, out var member) ? member : (JsonElement?)null;
        if (Put(before, segments, step + 1, value) is not { } after)
        {
            return null;
        }

        var members = node is { } container
            ? container.EnumerateObject()
                .Select(each => KeyValuePair.Create(each.Name, each.Name == name ? after : each.Value)).ToList()
            : [];
        if (before is null)
        {
            members.Add(KeyValuePair.Create(name, after));
        }

        return Json.Object(members);
    }

    private static JsonElement? PutItem(
        JsonElement? node, int index, IReadOnlyList<PathSegment> segments, int step, JsonElement value)
    {
        if (node is not { ValueKind: JsonValueKind.Array } array || index < 0 || index >= array.GetArrayLength()
            || Put(array[index], segments, step + 1, value) is not { } after)
        {
            return null;
        }

        return Json.Array(array.EnumerateArray().Select((each, i) => i == index ? after : each));
    }
}
