using System.Text.Json;

namespace Aiops.Ask.Sql;

/// <summary>
/// How many parts the expressions of a SELECT have, each name that it gives itself written out: <c>x + x AS y, y + y AS z</c> doubles
/// with each step, and DuckDB writes it out.
/// </summary>
internal static class ExpressionParts
{
    public static double In(JsonElement select)
    {
        Dictionary<string, double> named = new(StringComparer.OrdinalIgnoreCase);
        var all = 0.0;
        foreach (var item in select.GetProperty("select_list").EnumerateArray())
        {
            var parts = Of(item, named);
            all += parts;
            if (SyntaxTree.TextOf(item, "alias") is { Length: > 0 } alias)
            {
                named[alias] = Math.Max(parts, named.GetValueOrDefault(alias));
            }
        }

        return all + select.EnumerateObject().Where(member => member.Name is not ("select_list" or "from_table" or "cte_map")).Sum(member => Of(member.Value, named));
    }

    // A column by that name would come first; counting the name instead errs to the safe side.
    private static double Of(JsonElement node, Dictionary<string, double> named) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().Sum(item => Of(item, named)),
        JsonValueKind.Object when SyntaxTree.TextOf(node, "class") == "COLUMN_REF" => 1 + NameOf(node, named),
        JsonValueKind.Object => (node.TryGetProperty("class", out _) ? 1 : 0) + node.EnumerateObject().Sum(member => Of(member.Value, named)),
        _ => 0,
    };

    private static double NameOf(JsonElement column, Dictionary<string, double> named)
        => column.GetProperty("column_names") is var parts && named.TryGetValue(parts[parts.GetArrayLength() - 1].GetString()!, out var written) ? written : 0;
}
