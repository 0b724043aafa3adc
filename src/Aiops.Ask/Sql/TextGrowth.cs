using System.Text.Json;

namespace Aiops.Ask.Sql;

/// <summary>
/// How many times longer than what it reads a text may become: DuckDB counts rows against its memory limit, but a text is made
/// before it is counted, so doubling one thirty times must not begin.
/// </summary>
/// <remarks>
/// A bound, not an estimate: within a query the longest expression counts; what one query makes may be what the next one reads,
/// so the queries of a statement multiply.
/// </remarks>
internal static class TextGrowth
{
    public const double Most = 1_000;

    public static void Check(JsonElement statement)
    {
        if (OfQueries(statement) > Most)
        {
            throw new StatementException("It could make texts more than a thousand times longer: use fewer of ||, concat, replace and regexp_replace.");
        }
    }

    private static double OfQueries(JsonElement node)
    {
        var product = 1.0;
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                product *= OfQueries(item);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (TextOf(node, "type").EndsWith("_NODE", StringComparison.Ordinal))
            {
                product = Math.Max(1, node.EnumerateObject().Max(member => OfExpression(member.Value)));
            }

            foreach (var member in node.EnumerateObject())
            {
                product *= OfQueries(member.Value);
            }
        }

        return product;
    }

    private static double OfExpression(JsonElement node)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                return node.EnumerateArray().Select(OfExpression).DefaultIfEmpty(0).Max();
            case JsonValueKind.Object when TextOf(node, "type").EndsWith("_NODE", StringComparison.Ordinal):
                return 1; // A query of its own.
            case JsonValueKind.Object when TextOf(node, "class") == "CONSTANT":
                return 0;
            case JsonValueKind.Object when TextOf(node, "class") == "COLUMN_REF":
                return 1;
            case JsonValueKind.Object when TextOf(node, "class") == "FUNCTION" && node.TryGetProperty("children", out var arguments)
                && TextOf(node, "function_name").ToLowerInvariant() is var name && AllowedFunctions.Growing.Contains(name):
                var lengths = arguments.EnumerateArray().Select(OfExpression).ToList();
                return name is "replace" or "regexp_replace" ? Math.Max(1, lengths[0]) * (1 + ReplacementLength(arguments)) : lengths.Sum();
            case JsonValueKind.Object:
                return node.EnumerateObject().Select(member => OfExpression(member.Value)).DefaultIfEmpty(0).Max();
            default:
                return 0;
        }
    }

    private static double ReplacementLength(JsonElement arguments)
        => arguments.GetArrayLength() < 3 ? 0
            : TextOf(arguments[2], "class") == "CONSTANT" && arguments[2].TryGetProperty("value", out var value) ? TextOf(value, "value").Length
            : Most + 1; // What isn't a literal may be anything.

    private static string TextOf(JsonElement node, string member) => node.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
