using System.Text.Json;

namespace Aiops.StateMachine.Intrinsics;

/// <summary>Arguments by position, each read as the type that a function asks for, or States.IntrinsicFailure.</summary>
internal sealed class IntrinsicArguments(IReadOnlyList<JsonElement> values)
{
    public int Count => values.Count;

    /// <summary>The argument, a string with its escaped braces made plain.</summary>
    public JsonElement this[int index] => values[index] is { ValueKind: JsonValueKind.String } text
        ? Json.String(EscapedText.Plain(text.GetString()!))
        : values[index];

    public string RawString(int index)
        => values[index] is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Wrong(index, "a string");

    public string String(int index) => EscapedText.Plain(RawString(index));

    public bool Boolean(int index) => values[index].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(index, "a boolean"),
    };

    public IReadOnlyList<JsonElement> Array(int index)
        => values[index] is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()]
            : throw Wrong(index, "an array");

    public JsonElement Object(int index)
        => values[index] is { ValueKind: JsonValueKind.Object } value ? value : throw Wrong(index, "an object");

    /// <summary>A whole number. One with a fraction is rounded to the nearest, as the Step Functions guide says.</summary>
    public long Integer(int index)
    {
        if (values[index].ValueKind != JsonValueKind.Number)
        {
            throw Wrong(index, "a number");
        }

        return values[index].TryGetInt64(out var whole) ? whole
            : values[index].GetDouble() is var number && Math.Abs(number) < long.MaxValue ? (long)Math.Floor(number + 0.5)
            : throw Wrong(index, "a number within 64 bits");
    }

    public static StateFailedException Wrong(int index, string expected)
        => StateFailedException.Intrinsic($"Invalid arguments: argument {index + 1} must be {expected}.");
}
