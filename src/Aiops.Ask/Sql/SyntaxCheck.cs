using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>
/// Walks the tree that DuckDB's own parser makes of a statement. Whatever isn't known to be harmless is refused: nodes, tables,
/// functions and types are all looked up in lists of what is allowed.
/// </summary>
internal sealed class SyntaxCheck(QuestionData data)
{
    private readonly List<JsonElement> generators = [];

    /// <summary>Calls that make rows, to be counted before they run.</summary>
    public IReadOnlyList<JsonElement> Generators => generators;

    /// <summary>Names of catalogued tables that the statement reads, in ordinal order.</summary>
    public SortedSet<string> Tables { get; } = new(StringComparer.Ordinal);

    /// <exception cref="StatementException">Something in it isn't allowed; the message names it and says what is.</exception>
    public void Walk(JsonElement query) => Node(query, NoNames);

    private static readonly IReadOnlySet<string> NoNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    private static StatementException Refused(string message) => new(message);

    /// <summary>A query: names of its WITH are tables within it, each from after its own definition on.</summary>
    private void Node(JsonElement node, IReadOnlySet<string> names)
    {
        var type = SyntaxTree.TextOf(node, "type");
        if (type is not ("SELECT_NODE" or "SET_OPERATION_NODE"))
        {
            throw Refused(type == "RECURSIVE_CTE_NODE" ? "Recursion isn't run: join a fixed number of times instead." : $"Only SELECT is run, without {type}.");
        }

        if (node.TryGetProperty("cte_map", out var withs) && withs.TryGetProperty("map", out var list))
        {
            var inside = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
            foreach (var with in list.EnumerateArray())
            {
                Any(with.GetProperty("value"), inside);
                inside.Add(SyntaxTree.TextOf(with, "key"));
            }

            names = inside;
        }

        if (type == "SELECT_NODE")
        {
            ScanBounds.Check(node, names, data);
        }

        Members(node, names, except: "cte_map");
    }

    private void Members(JsonElement node, IReadOnlySet<string> names, string except = "")
    {
        NoSample(node);
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name != except)
            {
                Any(member.Value, names);
            }
        }
    }

    private void Any(JsonElement node, IReadOnlySet<string> names)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in node.EnumerateArray())
                {
                    Any(item, names);
                }

                break;
            case JsonValueKind.Object when node.TryGetProperty("class", out _):
                Expression(node, names);
                break;
            case JsonValueKind.Object when node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String:
                Typed(node, type.GetString()!, names);
                break;
            case JsonValueKind.Object:
                Members(node, names);
                break;
        }
    }

    private void Typed(JsonElement node, string type, IReadOnlySet<string> names)
    {
        switch (type)
        {
            case "BASE_TABLE":
                Table(node, names);
                break;
            case "TABLE_FUNCTION":
                TableFunction(node, names);
                break;
            case "JOIN" or "SUBQUERY" or "EXPRESSION_LIST" or "EMPTY":
            case "ORDER_MODIFIER" or "LIMIT_MODIFIER" or "DISTINCT_MODIFIER" or "LIMIT_PERCENT_MODIFIER":
            case "ORDER_DEFAULT" or "ASCENDING" or "DESCENDING":
                Members(node, names);
                break;
            case { } when type.EndsWith("_NODE", StringComparison.Ordinal):
                Node(node, names);
                break;
            default:
                throw Refused($"{type} isn't allowed here: use plain SELECT, JOIN, WHERE, GROUP BY, ORDER BY and LIMIT.");
        }
    }

    private static void NoSample(JsonElement node)
    {
        if (node.TryGetProperty("sample", out var sample) && sample.ValueKind == JsonValueKind.Object)
        {
            throw Refused("Samples aren't taken: an answer counts all rows. Narrow it with WHERE instead.");
        }
    }

    private void Table(JsonElement node, IReadOnlySet<string> names)
    {
        NoSample(node);
        var (name, schema, catalog) = (SyntaxTree.TextOf(node, "table_name"), SyntaxTree.TextOf(node, "schema_name"), SyntaxTree.TextOf(node, "catalog_name"));
        if (schema.Length == 0 && catalog.Length == 0 && names.Contains(name))
        {
            return;
        }

        if (data.Find(name) is not { } table || schema.Length > 0 || catalog.Length > 0 || node.TryGetProperty("at_clause", out _))
        {
            throw Refused($"There is no table {string.Join('.', new[] { catalog, schema, name }.Where(part => part.Length > 0))}. Tables: {string.Join(", ", data.Tables.Select(one => one.Table.Name))}.");
        }

        if (node.TryGetProperty("column_name_alias", out var renamed) && renamed.ValueKind == JsonValueKind.Array && renamed.GetArrayLength() > 0)
        {
            throw Refused($"The columns of {table.Table.Name} aren't renamed in FROM: they are sought by their own names. Rename them in SELECT, with AS.");
        }

        Tables.Add(table.Table.Name);
    }

    private void TableFunction(JsonElement node, IReadOnlySet<string> names)
    {
        var function = node.GetProperty("function");
        var name = SyntaxTree.TextOf(function, "function_name").ToLowerInvariant();
        if (SyntaxTree.TextOf(function, "class") != "FUNCTION" || !AllowedFunctions.Tables.Contains(name) || !ExpressionCheck.IsOurs(function))
        {
            throw Refused($"{name} can't be read from: only tables of the catalogue, range, generate_series and unnest.");
        }

        Members(function, names);
        if (name != "unnest")
        {
            Constant(function.TryGetProperty("children", out var arguments) ? arguments : default);
            generators.Add(node);
        }
    }

    /// <summary>What is counted before it runs holds no columns and no queries.</summary>
    private static void Constant(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Object && SyntaxTree.TextOf(node, "class") is "COLUMN_REF" or "SUBQUERY" or "WINDOW" or "STAR")
        {
            throw Refused("range and generate_series take constants alone.");
        }

        foreach (var child in node.ValueKind switch
        {
            JsonValueKind.Array => node.EnumerateArray().ToList(),
            JsonValueKind.Object => [.. node.EnumerateObject().Select(member => member.Value)],
            _ => [],
        })
        {
            Constant(child);
        }
    }

    private void Expression(JsonElement node, IReadOnlySet<string> names)
    {
        switch (SyntaxTree.TextOf(node, "class"))
        {
            case "CONSTANT":
                break; // Its value is data, whatever it looks like.
            case "COLUMN_REF":
                ExpressionCheck.Column(node);
                break;
            case "FUNCTION":
                ExpressionCheck.Call(node);
                Members(node, names);
                break;
            case "WINDOW":
                ExpressionCheck.Window(node);
                Members(node, names);
                break;
            case "CAST":
                ExpressionCheck.Cast(node.GetProperty("cast_type"));
                Members(node, names, except: "cast_type");
                break;
            case "OPERATOR" when SyntaxTree.TextOf(node, "type").StartsWith("COMPARE_", StringComparison.Ordinal) || SyntaxTree.TextOf(node, "type") is "OPERATOR_NOT" or "OPERATOR_IS_NULL"
                or "OPERATOR_IS_NOT_NULL" or "OPERATOR_COALESCE" or "OPERATOR_NULLIF" or "ARRAY_EXTRACT":
            case "COMPARISON" or "CONJUNCTION" or "CASE" or "BETWEEN" or "SUBQUERY" or "STAR":
                Members(node, names);
                break;
            case "POSITIONAL_REFERENCE":
                throw Refused("Columns aren't read by their place, as #1: name them.");
            case var other:
                throw Refused(other == "PARAMETER" ? "Parameters aren't filled in: write literals." : $"{SyntaxTree.TextOf(node, "type")} isn't allowed here.");
        }
    }
}
