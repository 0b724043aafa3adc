using System.Text.Json;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Decides the rules of Choice states.</summary>
internal static class ChoiceEvaluator
{
    public static bool Holds(ChoiceRule rule, DataScope scope) => rule switch
    {
        ChoiceRule.And and => and.Rules.All(each => Holds(each, scope)),
        ChoiceRule.Or or => or.Rules.Any(each => Holds(each, scope)),
        ChoiceRule.Not not => !Holds(not.Rule, scope),
        ChoiceRule.Test test => Holds(test, scope),
        _ => throw new InvalidOperationException("Unknown kind of choice rule."),
    };

    private static bool Holds(ChoiceRule.Test test, DataScope scope)
    {
        var found = scope.Select(test.Variable);
        if (test.Comparison.Relation == Relation.IsPresent)
        {
            return found is not null == test.Literal!.Value.GetBoolean();
        }

        var value = found ?? throw Missing(test.Variable);
        var comparand = test.Path is { } path ? scope.Select(path) ?? throw Missing(path) : test.Literal!.Value;
        return test.Comparison.Type == ComparedType.Any
            ? Is(test.Comparison.Relation, value) == comparand.GetBoolean()
            : test.Comparison.Relation == Relation.Matches ? Matches(value, comparand.GetString()!)
            : Compare(test.Comparison.Type, value, comparand) is { } order && Answers(test.Comparison.Relation, order);
    }

    private static StateFailedException Missing(JsonPath path) => StateFailedException.Runtime(
        $"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");

    private static bool Is(Relation relation, JsonElement value) => relation switch
    {
        Relation.IsNull => value.ValueKind == JsonValueKind.Null,
        Relation.IsNumeric => value.ValueKind == JsonValueKind.Number,
        Relation.IsString => value.ValueKind == JsonValueKind.String,
        Relation.IsBoolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        Relation.IsTimestamp => value.ValueKind == JsonValueKind.String && Timestamp.TryParse(value.GetString(), out _),
        _ => false,
    };

    private static bool Answers(Relation relation, int order) => relation switch
    {
        Relation.Equal => order == 0,
        Relation.Less => order < 0,
        Relation.Greater => order > 0,
        Relation.LessOrEqual => order <= 0,
        Relation.GreaterOrEqual => order >= 0,
        _ => false,
    };

    /// <returns>The order of the two, or null when they are not both of the type.</returns>
    private static int? Compare(ComparedType type, JsonElement left, JsonElement right)
    {
        switch (type)
        {
            case ComparedType.String when left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String:
                return string.CompareOrdinal(left.GetString(), right.GetString());
            case ComparedType.Numeric when left.ValueKind == JsonValueKind.Number && right.ValueKind == JsonValueKind.Number:
                return CompareNumbers(left, right);
            case ComparedType.Boolean when IsBoolean(left) && IsBoolean(right):
                return left.GetBoolean().CompareTo(right.GetBoolean());
            case ComparedType.Timestamp when left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String
                && Timestamp.TryParse(left.GetString(), out var earlier) && Timestamp.TryParse(right.GetString(), out var later):
                return earlier.CompareTo(later);
            default:
                return null;
        }
    }

    // Exact where both fit a decimal; beyond that the language promises no more than binary64.
    private static int CompareNumbers(JsonElement left, JsonElement right)
        => left.TryGetDecimal(out var a) && right.TryGetDecimal(out var b) && a != 0 && b != 0
            ? a.CompareTo(b)
            : left.GetDouble().CompareTo(right.GetDouble());

    private static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool Matches(JsonElement value, string pattern)
        => value.ValueKind == JsonValueKind.String && Wildcard.Matches(value.GetString()!, pattern);
}
