using System.Text.Json;

namespace Aiops.StateMachine.Definition;

/// <summary>Reads the rules of a Choice state.</summary>
internal static class ChoiceReader
{
    private static readonly IReadOnlyList<string> Combinators = ["And", "Or", "Not"];

    public static ChoiceBranch? ReadChoiceBranch(
        this FieldReader fields, JsonElement json, string path, List<(string Target, string Path)> targets)
    {
        var rule = fields.On(json, path);
        var next = rule.RequireString("Next");
        if (next is not null)
        {
            targets.Add((next, rule.PathOf("Next")));
        }

        var assign = rule.Template("Assign");
        var condition = ReadRule(rule);
        return condition is null || next is null ? null : new ChoiceBranch(condition, next, assign);
    }

    private static ChoiceRule? ReadRule(FieldReader rule)
    {
        rule.String("Comment");
        var operators = rule.Names
            .Where(name => Combinators.Contains(name) || ComparisonOperators.Find(name, out _) is not null).ToList();
        ChoiceRule? result = null;
        if (operators.Count == 1)
        {
            result = operators[0] switch
            {
                "And" => ReadList(rule, "And") is { } rules ? new ChoiceRule.And(rules) : null,
                "Or" => ReadList(rule, "Or") is { } rules ? new ChoiceRule.Or(rules) : null,
                "Not" => ReadNested(rule, rule.Take("Not")!.Value, rule.PathOf("Not")) is { } inner ? new ChoiceRule.Not(inner)
                    : null,
                var name => ReadTest(rule, name),
            };
        }
        else
        {
            operators.ForEach(name => rule.Take(name));
            rule.Take("Variable");
            rule.WrongHere(operators.Count == 0
                ? "a rule has one comparison operator, or And, Or or Not: there is none here"
                : $"a rule has exactly one comparison operator, not {string.Join(" and ", operators)}");
        }

        rule.RefuseOthers("this choice rule");
        return result;
    }

    private static List<ChoiceRule>? ReadList(FieldReader rule, string name)
    {
        var items = rule.NonEmptyArray(name);
        var rules = items.Select((item, i) => ReadNested(rule, item, $"{rule.PathOf(name)}[{i}]")).OfType<ChoiceRule>().ToList();
        return rules.Count == items.Count && rules.Count > 0 ? rules : null;
    }

    private static ChoiceRule? ReadNested(FieldReader outer, JsonElement json, string path)
    {
        var rule = outer.On(json, path);
        foreach (var forbidden in (string[])["Next", "Assign"])
        {
            if (rule.Take(forbidden) is not null)
            {
                rule.Wrong(forbidden, $"{forbidden} belongs to the outermost rule");
            }
        }

        return ReadRule(rule);
    }

    private static ChoiceRule.Test? ReadTest(FieldReader rule, string name)
    {
        rule.Require("Variable");
        var variable = rule.PathField("Variable");
        var comparison = ComparisonOperators.Find(name, out var isPath)!;
        if (isPath)
        {
            return rule.PathField(name) is { } path && variable is not null
                ? new ChoiceRule.Test(variable, comparison, null, path, name) : null;
        }

        var literal = rule.Take(name)!.Value;
        if (Expected(comparison, literal) is { } expected)
        {
            rule.Wrong(name, $"must be {expected}");
            return null;
        }

        return variable is null ? null : new ChoiceRule.Test(variable, comparison, literal, null, name);
    }

    /// <returns>What the literal should be, or null when it is that.</returns>
    private static string? Expected(Comparison comparison, JsonElement literal) => comparison.Type switch
    {
        ComparedType.String => literal.ValueKind == JsonValueKind.String ? null : "a string",
        ComparedType.Numeric => literal.ValueKind == JsonValueKind.Number ? null : "a number",
        ComparedType.Timestamp => literal.ValueKind == JsonValueKind.String && Timestamp.TryParse(literal.GetString(), out _)
            ? null
            : "a timestamp: RFC 3339 with a capital T and Z",
        _ => literal.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
    };
}
