using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Definition;

/// <summary>A condition of a Choice state.</summary>
internal abstract record ChoiceRule
{
    private ChoiceRule() { }

    public sealed record And(IReadOnlyList<ChoiceRule> Rules) : ChoiceRule;

    public sealed record Or(IReadOnlyList<ChoiceRule> Rules) : ChoiceRule;

    public sealed record Not(ChoiceRule Rule) : ChoiceRule;

    /// <summary>
    /// A comparison of what <paramref name="Variable"/> leads to with a literal or with what another path leads to.
    /// </summary>
    public sealed record Test(JsonPath Variable, Comparison Comparison, JsonElement? Literal, JsonPath? Path, string Operator)
        : ChoiceRule;
}

/// <summary>The kind of values that a comparison asks for, and the question that it puts.</summary>
internal sealed record Comparison(ComparedType Type, Relation Relation);

internal enum ComparedType
{
    String,
    Numeric,
    Boolean,
    Timestamp,
    Any,
}

internal enum Relation
{
    Equal,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Matches,
    IsNull,
    IsPresent,
    IsNumeric,
    IsString,
    IsBoolean,
    IsTimestamp,
}
