using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.DynamoDb;

/// <summary>Attribute values made and read.</summary>
internal static class Attributes
{
    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) => new() { N = $"{number}" };

    public static AttributeValue Flag(bool flag) => new() { BOOL = flag };

    public static AttributeValue Seconds(DateTimeOffset at) => Number(at.ToUnixTimeSeconds());

    /// <summary>To the tick, as text that sorts.</summary>
    public static AttributeValue Exactly(DateTimeOffset at) => Text(at.UtcDateTime.ToString("O"));

    public static string? FindText(this IReadOnlyDictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) ? value.S : null;

    public static long FindNumber(this IReadOnlyDictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) ? long.Parse(value.N) : 0;

    public static bool FindFlag(this IReadOnlyDictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) && value.BOOL is true;

    public static DateTimeOffset Instant(this IReadOnlyDictionary<string, AttributeValue> item, string name)
        => DateTimeOffset.Parse(item[name].S, null, System.Globalization.DateTimeStyles.RoundtripKind);

    /// <summary>Past its lifetime; DynamoDB deletes such items within days, and until then they are treated as gone.</summary>
    public static bool IsExpired(this IReadOnlyDictionary<string, AttributeValue> item, DateTimeOffset now)
        => item.TryGetValue(TableKeys.ExpiresAt, out var at) && long.Parse(at.N) < now.ToUnixTimeSeconds();
}
