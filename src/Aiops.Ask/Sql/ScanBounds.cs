using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>A large table of telemetry is read within a stretch of time: WHERE compares its time with something.</summary>
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

    private static IEnumerable<(string Name, string Alias)> BaseTables(JsonElement from) => TextOf(from, "type") switch
    {
        "BASE_TABLE" => [(TextOf(from, "table_name"), TextOf(from, "alias"))],
        "JOIN" => BaseTables(from.GetProperty("left")).Concat(BaseTables(from.GetProperty("right"))),
        _ => [],
    };

    // Only what must hold bounds: a comparison, or one of several that are joined by AND.
    private static bool Compares(JsonElement where, string column, string table) => TextOf(where, "class") switch
    {
        "CONJUNCTION" when TextOf(where, "type") == "CONJUNCTION_AND" => where.GetProperty("children").EnumerateArray().Any(child => Compares(child, column, table)),
        "COMPARISON" when TextOf(where, "type") is not "COMPARE_NOTEQUAL" and not "COMPARE_DISTINCT_FROM"
            => IsColumn(where.GetProperty("left"), column, table) != IsColumn(where.GetProperty("right"), column, table),
        "BETWEEN" => IsColumn(where.GetProperty("input"), column, table),
        _ => false,
    };

    private static bool IsColumn(JsonElement node, string column, string table)
        => TextOf(node, "class") == "COLUMN_REF" && node.GetProperty("column_names") is var parts
            && string.Equals(parts[parts.GetArrayLength() - 1].GetString(), column, StringComparison.OrdinalIgnoreCase)
            && (parts.GetArrayLength() == 1 || string.Equals(parts[parts.GetArrayLength() - 2].GetString(), table, StringComparison.OrdinalIgnoreCase));

    private static string TextOf(JsonElement node, string member) => node.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
