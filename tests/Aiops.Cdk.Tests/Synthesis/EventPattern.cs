using System.Text.Json.Nodes;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>
/// EventBridge's matching of events, as its user guide describes it, for the operators in use: exact, prefix, suffix, exists,
/// numeric, equals-ignore-case, anything-but (values, prefix, equals-ignore-case) and $or.
/// </summary>
internal static class EventPattern
{
    public static bool Matches(JsonObject pattern, JsonObject? sample) => pattern.All(field => field switch
    {
        { Key: "$or", Value: JsonArray choices } => choices.Any(choice => Matches(choice!.AsObject(), sample)),
        { Value: JsonObject deeper } => Matches(deeper, sample?[field.Key] as JsonObject),
        { Value: JsonArray matchers } => matchers.Any(matcher => Accepts(matcher!, sample?[field.Key])),
        _ => throw new NotSupportedException(field.ToString()),
    });

    private static bool Accepts(JsonNode matcher, JsonNode? value)
    {
        if (matcher is not JsonObject rule)
        {
            return value is not null && JsonNode.DeepEquals(matcher, value);
        }

        var (name, argument) = rule.Single();
        return name switch
        {
            "exists" => argument!.GetValue<bool>() == value is not null,
            _ when value is null => false,
            "prefix" => value.ToString().StartsWith(argument!.ToString(), StringComparison.Ordinal),
            "suffix" => value.ToString().EndsWith(argument!.ToString(), StringComparison.Ordinal),
            "equals-ignore-case" => value.ToString().Equals(argument!.ToString(), StringComparison.OrdinalIgnoreCase),
            "numeric" => InRange(argument!.AsArray(), value.GetValue<double>()),
            "anything-but" => !IsAnyOf(argument!, value.ToString()),
            _ => throw new NotSupportedException(name),
        };
    }

    private static bool IsAnyOf(JsonNode excluded, string value) => excluded switch
    {
        JsonObject rule when rule["prefix"] is { } prefix => value.StartsWith(prefix.ToString(), StringComparison.Ordinal),
        JsonObject rule when rule["equals-ignore-case"] is JsonArray words
            => words.Any(word => value.Equals(word!.ToString(), StringComparison.OrdinalIgnoreCase)),
        JsonArray values => values.Any(one => one!.ToString() == value),
        _ => throw new NotSupportedException(excluded.ToJsonString()),
    };

    private static bool InRange(JsonArray range, double value)
        => range.Chunk(2).All(pair => (pair[0]!.ToString(), pair[1]!.GetValue<double>()) switch
    {
        (">=", var bound) => value >= bound,
        ("<", var bound) => value < bound,
        var (test, _) => throw new NotSupportedException(test),
    });
}
