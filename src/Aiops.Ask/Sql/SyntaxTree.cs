using System.Text.Json;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Sql;

/// <summary>A statement as DuckDB's own parser sees it.</summary>
internal static class SyntaxTree
{
    public const int MostDepth = 512;
    private const int MostLength = 1_500_000;

    /// <exception cref="StatementException">It isn't SQL, or not one SELECT.</exception>
    public static JsonDocument Parse(DuckDbConnection connection, string sql)
    {
        var document = Read(connection.Text("SELECT json_serialize_sql($1::VARCHAR, skip_null := true)", sql)!);
        if (document.RootElement.GetProperty("error").GetBoolean())
        {
            using (document)
            {
                var root = document.RootElement;
                throw new StatementException(root.GetProperty("error_type").GetString() == "parser"
                    ? $"It isn't SQL: {root.GetProperty("error_message").GetString()}."
                    : "Only one SELECT is run, and nothing else.");
            }
        }

        if (document.RootElement.TryGetProperty("statements", out var statements) && statements.GetArrayLength() == 1)
        {
            return document;
        }

        document.Dispose();
        throw new StatementException("One SELECT is run at a time.");
    }

    /// <summary>The SQL of a call that makes rows, as a query.</summary>
    public static string QueryOf(DuckDbConnection connection, JsonElement tableFunction)
    {
        var select = $$$"""{"error":false,"statements":[{"node":{"type":"SELECT_NODE","modifiers":[],"cte_map":{"map":[]},"select_list":[{"class":"STAR","type":"STAR","alias":"","relation_name":"","exclude_list":[],"replace_list":[],"columns":false,"qualified_exclude_list":[],"rename_list":[]}],"from_table":{{{tableFunction.GetRawText()}}},"group_expressions":[],"group_sets":[],"aggregate_handling":"STANDARD_HANDLING"}}]}""";
        return connection.Text("SELECT json_deserialize_sql($1::JSON)", select)!;
    }

    public static string TextOf(JsonElement node, string member)
        => node.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A text that is written in the statement itself; null for anything else.</summary>
    public static string? LiteralOf(JsonElement node)
        => TextOf(node, "class") == "CONSTANT" && node.TryGetProperty("value", out var value)
            && value.TryGetProperty("value", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static JsonDocument Read(string json)
    {
        if (json.Length > MostLength)
        {
            throw new StatementException("It has too many parts: write it more simply.");
        }

        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
        }
        catch (JsonException)
        {
            throw new StatementException("It is nested too deeply: write it more simply.");
        }
    }
}
