using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Intrinsics;

/// <summary>The value of a field whose name ends in ".$": a path, or an intrinsic function with its arguments.</summary>
internal abstract record Expression
{
    private Expression() { }

    public sealed record Literal(JsonElement Value) : Expression;

    public sealed record Path(JsonPath Value) : Expression;

    public sealed record Call(string Text, IntrinsicFunction Function, IReadOnlyList<Expression> Arguments) : Expression;

    /// <exception cref="FormatException">The text is neither a path nor a call; the message says why.</exception>
    public static Expression Parse(string text)
        => text.StartsWith('$') ? new Path(JsonPath.Parse(text)) : new ExpressionParser(text).Parse();

    public JsonElement Evaluate(DataScope scope, string field) => this switch
    {
        Path path => scope.Require(path.Value, field),
        Call call => call.Evaluate(scope),
        Literal literal => literal.Value,
        _ => throw new InvalidOperationException("Unknown kind of expression."),
    };

    private static JsonElement Invoke(Call call, DataScope scope)
    {
        var arguments = call.Arguments.Select(argument => argument switch
        {
            Path { Value: var path } => scope.Select(path) ?? throw StateFailedException.Runtime(
                $"The function '{call.Text}' had the following error: "
                + $"The JsonPath argument for the field '{path.Text}' could not be found in the input '{Json.Text(scope.Input)}'"),
            Call inner => Invoke(inner, scope),
            Literal literal => literal.Value,
            _ => throw new InvalidOperationException("Unknown kind of argument."),
        }).ToList();
        try
        {
            return call.Function.Apply(new IntrinsicArguments(arguments), scope.Random);
        }
        catch (StateFailedException e) when (e.Error == ErrorNames.IntrinsicFailure)
        {
            throw StateFailedException.Intrinsic($"The function '{call.Text}' had the following error: {e.Cause}");
        }
    }

    private JsonElement Evaluate(DataScope scope) => Invoke((Call)this, scope);
}
