using System.Text.Json;

namespace Aiops.StateMachine.Paths;

/// <summary>
/// What a path or an intrinsic can see: the input at hand, the context object, the variables in scope, and chance.
/// </summary>
internal sealed record DataScope(
    JsonElement Input, Func<JsonElement> Context, Func<string, JsonElement?> Variable, Random Random)
{
    public DataScope On(JsonElement input) => this with { Input = input };

    public JsonElement? Select(JsonPath path) => path.Root switch
    {
        PathRoot.Context => path.Select(Context()),
        PathRoot.Variable => Variable(path.Variable!) is { } value ? path.Select(value) : null,
        _ => path.Select(Input),
    };

    /// <summary>The value that the path of the named field leads to.</summary>
    /// <exception cref="StateFailedException">States.Runtime, when it leads nowhere.</exception>
    public JsonElement Require(JsonPath path, string field)
    {
        if (path.Root == PathRoot.Input && path.IsWhole)
        {
            return Input;
        }

        if (path.Root == PathRoot.Input && Input.ValueKind == JsonValueKind.Null)
        {
            throw StateFailedException.Runtime("Unable to apply Path transformation to null or empty input.");
        }

        return Select(path) ?? throw StateFailedException.Runtime(
            $"The JSONPath '{path.Text}' specified for the field '{field}' "
            + $"could not be found in the input '{Json.Text(Source(path))}'");
    }

    private JsonElement Source(JsonPath path) => path.Root switch
    {
        PathRoot.Context => Context(),
        PathRoot.Variable => Variable(path.Variable!) ?? Json.EmptyObject,
        _ => Input,
    };
}
