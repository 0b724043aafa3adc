using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>A large table of telemetry is read within a stretch of time: WHERE says from when on, with a literal.</summary>
internal static class ScanBounds
{
    public static void Check(JsonElement select, IReadOnlySet<string> names, QuestionData data)
    {
        if (!select.TryGetProperty("from_table", out var from))
        {
            return;
        }

        foreach (var (name, alias) in BaseTables(from))
        {
            if (!names.Contains(name) && data.Find(name) is { Table.TimeColumn: { } time } table && table.Rows > data.Limits.UnboundedRows
                && !(select.TryGetProperty("where_clause", out var where) && Compares(where, time, alias.Length > 0 ? alias : name)))
            {
                throw new StatementException(
                    $"{name} has {table.Rows:N0} rows, and more than {data.Limits.UnboundedRows:N0} aren't read without a bound: add WHERE {time} >= … AND {time} < ….");
            }
        }
    }

    private static IEnumerable<(string Name, string Alias)> BaseTables(JsonElement from) => SyntaxTree.TextOf(from, "type") switch
    {
        "BASE_TABLE" => [(SyntaxTree.TextOf(from, "table_name"), SyntaxTree.TextOf(from, "alias"))],
        "JOIN" => BaseTables(from.GetProperty("left")).Concat(BaseTables(from.GetProperty("right"))),
        _ => [],
    };

    // Only what must hold bounds: a comparison, or one of several that are joined by AND.
    private static bool Compares(JsonElement where, string column, string table) => SyntaxTree.TextOf(where, "class") switch
    {
        "CONJUNCTION" when SyntaxTree.TextOf(where, "type") == "CONJUNCTION_AND" => where.GetProperty("children").EnumerateArray().Any(child => Compares(child, column, table)),
        "COMPARISON" => SyntaxTree.TextOf(where, "type") switch
        {
            "COMPARE_GREATERTHAN" or "COMPARE_GREATERTHANOREQUALTO" => Bounds(where, "left", "right", column, table),
            "COMPARE_LESSTHAN" or "COMPARE_LESSTHANOREQUALTO" => Bounds(where, "right", "left", column, table),
            "COMPARE_EQUAL" => Bounds(where, "left", "right", column, table) || Bounds(where, "right", "left", column, table),
            _ => false,
        },
        "BETWEEN" => Bounds(where, "input", "lower", column, table),
        _ => false,
    };

    // What another column says can be anything; so only a literal bounds, in a cast or with an interval taken off.
    private static bool Bounds(JsonElement comparison, string time, string bound, string column, string table)
        => IsColumn(comparison.GetProperty(time), column, table) && IsLiteral(comparison.GetProperty(bound));

    private static bool IsLiteral(JsonElement node) => SyntaxTree.TextOf(node, "class") switch
    {
        "CONSTANT" => true,
        "CAST" => IsLiteral(node.GetProperty("child")),
        "FUNCTION" => node.TryGetProperty("children", out var parts) && parts.GetArrayLength() > 0 && parts.EnumerateArray().All(IsLiteral),
        _ => false,
    };

    private static bool IsColumn(JsonElement node, string column, string table)
        => SyntaxTree.TextOf(node, "class") == "COLUMN_REF" && node.GetProperty("column_names") is var parts
            && string.Equals(parts[parts.GetArrayLength() - 1].GetString(), column, StringComparison.OrdinalIgnoreCase)
            && (parts.GetArrayLength() == 1 || string.Equals(parts[parts.GetArrayLength() - 2].GetString(), table, StringComparison.OrdinalIgnoreCase));
}
