using System.Text.Json;

namespace Aiops.StateMachine.Paths;

internal enum PathRoot
{
    /// <summary><c>$</c>: the input at hand.</summary>
    Input,

    /// <summary><c>$$</c>: the context object.</summary>
    Context,

    /// <summary><c>$name</c>: a variable.</summary>
    Variable,
}

/// <summary>
/// A path of the States Language: JSONPath as Jayway's library reads it, rooted in the input, the context object or a variable.
/// </summary>
/// <remarks>
/// A definite path (names and single indexes only) yields its one value or nothing; any other yields an array, empty when
/// nothing matches. A missing name before the first indefinite step is a miss even in an indefinite path, as there.
/// </remarks>
internal sealed record JsonPath(string Text, PathRoot Root, string? Variable, IReadOnlyList<PathSegment> Segments)
{
    public static JsonPath Whole { get; } = new("$", PathRoot.Input, null, []);

    public bool IsWhole => Segments.Count == 0 && Root == PathRoot.Input;

    /// <summary>Whether the path can identify a single node only: no <c>@ , : ?</c>, wildcard or descent.</summary>
    public bool IsReference => Segments.All(segment => segment.IsDefinite);

    /// <exception cref="FormatException">The text is no path; the message says why.</exception>
    public static JsonPath Parse(string text) => new JsonPathParser(text).ParseWhole();

    /// <summary>The value, or null when the path leads nowhere.</summary>
    public JsonElement? Select(JsonElement root) => JsonPathEvaluator.Select(root, Segments);
}
