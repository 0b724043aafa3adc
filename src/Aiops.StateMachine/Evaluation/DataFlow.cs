using System.Text.Json;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Intrinsics;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Evaluation;

/// <summary>The way of data through a state: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, Assign.</summary>
internal static class DataFlow
{
    /// <summary>Step Functions' quota on a state's input and output: 256 KiB of UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The raw input after InputPath.</summary>
    public static JsonElement Filtered(State state, Scope scope)
        => state.InputPath is { } path ? scope.Data(scope.Strand.Input).Require(path, "InputPath") : Json.EmptyObject;

    /// <summary>The input after InputPath and Parameters.</summary>
    public static JsonElement Effective(State state, Scope scope, string? token = null)
    {
        var filtered = Filtered(state, scope);
        return state.Parameters is { } parameters ? parameters.Evaluate(scope.Data(filtered, token)) : filtered;
    }

    /// <summary>Leaves the state with its result: variables assigned from it, the output made of it and the raw input.</summary>
    public static Move.Leave Leave(State state, Scope scope, JsonElement result)
    {
        var data = scope.Data(result);
        var selected = state.ResultSelector?.Evaluate(data) ?? result;
        var combined = Combine(scope.Strand.Input, state.ResultPath, selected);
        return LeaveWith(state, scope, combined, state.Assign, data, state.Next);
    }

    /// <summary>Leaves a state that makes no result: its filtered input is what goes on.</summary>
    public static Move.Leave PassOn(State state, Scope scope, JsonElement filtered, PayloadTemplate? assign, string? next)
        => LeaveWith(state, scope, filtered, assign, scope.Data(filtered), next);

    /// <summary>Leaves a state by a catcher, whose ResultPath puts the error into the raw input.</summary>
    public static Move.Leave Caught(Catcher catcher, Scope scope, Failure failure)
    {
        var error = Json.Object([
            KeyValuePair.Create("Error", Json.String(failure.Error ?? "")),
            KeyValuePair.Create("Cause", Json.String(failure.Cause ?? "")),
        ]);
        var output = Combine(scope.Strand.Input, catcher.ResultPath, error);
        return new Move.Leave(Assigned(scope, catcher.Assign, scope.Data(error)), catcher.Next, output);
    }

    public static void Limit(JsonElement value, string state)
    {
        if (Json.Size(value) > MaxBytes)
        {
            throw new StateFailedException(
                ErrorNames.DataLimitExceeded,
                $"The state/task '{state}' returned a result with a size exceeding the maximum number of bytes service limit.");
        }
    }

    /// <summary>A whole number, written out or found by a path.</summary>
    public static long Resolve(Quantity quantity, DataScope scope, string field, long min)
    {
        if (quantity.Path is not { } path)
        {
            return quantity.Value!.Value;
        }

        var found = scope.Require(path, field);
        return found.ValueKind == JsonValueKind.Number && Whole(found) is { } number && number >= min ? number
            : throw StateFailedException.Runtime(
                $"The {field} parameter does not reference a valid value: '{path.Text}' leads to {Json.Text(found)}, "
                + $"not to an integer of at least {min}.");
    }

    private static long? Whole(JsonElement number)
        => number.TryGetInt64(out var whole) ? whole
            : number.TryGetDecimal(out var exact) && decimal.Truncate(exact) == exact && Math.Abs(exact) <= long.MaxValue
            ? (long)exact : null;

    private static Move.Leave LeaveWith(
        State state, Scope scope, JsonElement value, PayloadTemplate? assign, DataScope assignData, string? next)
    {
        var output = state.OutputPath is { } path ? scope.Data(value).Require(path, "OutputPath") : Json.EmptyObject;
        Limit(output, state.Name);
        return new Move.Leave(Assigned(scope, assign, assignData), next, output);
    }

    private static JsonElement Combine(JsonElement input, JsonPath? path, JsonElement result)
        => path is null ? input
            : path.IsWhole ? result
            : ReferencePath.Put(input, path, result) ?? throw new StateFailedException(
                ErrorNames.ResultPathMatchFailure, $"Unable to apply ReferencePath {path.Text} to input {Json.Text(input)}");

    // Every reference sees the values at the state's entry, so all are evaluated before any is assigned.
    private static Strand Assigned(Scope scope, PayloadTemplate? assign, DataScope data)
    {
        if (assign is null)
        {
            return scope.Strand;
        }

        var values = assign.Evaluate(data);
        Limit(values, scope.Strand.StateName);
        var variables = new Dictionary<string, JsonElement>(scope.Strand.Variables);
        foreach (var member in values.EnumerateObject())
        {
            variables[member.Name] = member.Value;
        }

        return scope.Strand with { Variables = variables };
    }
}
