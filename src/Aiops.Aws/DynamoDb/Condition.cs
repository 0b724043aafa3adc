using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.DynamoDb;

/// <summary>A condition (or filter) with the values that it and its update name.</summary>
internal sealed class Condition
{
    private Condition(string? expression, Dictionary<string, AttributeValue>? values) => (Expression, Values) = (expression, values);

    public static Condition None { get; } = new(null, null);

    public string? Expression { get; }

    public Dictionary<string, AttributeValue>? Values { get; }

    public static Condition Absent { get; } = new("attribute_not_exists(PK)", null);

    public static Condition Of(string? expression, params (string Name, AttributeValue Value)[] values)
        => new(expression, values.Length == 0 ? null : values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>
    /// The item wasn't written by this version of its scope yet, nor by a later one; what does a commit over again passes it by.
    /// The version's name among the values is <c>:v</c>.
    /// </summary>
    public static Condition Before(long version, params (string Name, AttributeValue Value)[] values)
        => Of("attribute_not_exists(V) OR V < :v", [.. values, (":v", Attributes.Number(version))]);
}
