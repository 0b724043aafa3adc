using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>
/// Refuses a table's name where a column is meant to stand: DuckDB takes it for the whole row, all of whose texts would become one,
/// and none of them is named. A column that bears its table's name is that column.
/// </summary>
internal sealed class WholeRows(QuestionData data)
{
    /// <param name="GivesColumn">A column of it bears its name.</param>
    private sealed record Source(string Name, bool GivesColumn);

    /// <param name="Withs">Queries by name.</param>
    /// <param name="Sources">What FROM names, here and in the queries around.</param>
    private sealed record Scope(IReadOnlyDictionary<string, JsonElement> Withs, IReadOnlyList<Source> Sources);

    /// <exception cref="StatementException">A row is read as one value.</exception>
    public void Check(JsonElement query) => Query(query, new Scope(new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase), []));

    private void Query(JsonElement node, Scope scope)
    {
        if (node.TryGetProperty("cte_map", out var map) && map.TryGetProperty("map", out var list))
        {
            Dictionary<string, JsonElement> inside = new(scope.Withs, StringComparer.OrdinalIgnoreCase);
            foreach (var with in list.EnumerateArray())
            {
                var value = with.GetProperty("value");
                Any(value, scope with { Withs = inside });
                inside = new(inside, StringComparer.OrdinalIgnoreCase) { [SyntaxTree.TextOf(with, "key")] = value };
            }

            scope = scope with { Withs = inside };
        }

        if (node.TryGetProperty("from_table", out var from))
        {
            scope = scope with { Sources = [.. scope.Sources, .. Sources(from, scope.Withs)] };
        }

        foreach (var member in node.EnumerateObject().Where(member => member.Name != "cte_map"))
        {
            if (member.Name == "modifiers")
            {
                Modifiers(node, member.Value, scope);
            }
            else
            {
                Any(member.Value, scope);
            }
        }
    }

    // What ORDER BY names by itself is what SELECT gives under that name, before it is anything else.
    private void Modifiers(JsonElement query, JsonElement modifiers, Scope scope)
    {
        foreach (var modifier in modifiers.EnumerateArray())
        {
            if (SyntaxTree.TextOf(modifier, "type") != "ORDER_MODIFIER")
            {
                Any(modifier, scope);
                continue;
            }

            foreach (var order in modifier.GetProperty("orders").EnumerateArray())
            {
                var by = order.GetProperty("expression");
                if (!(PartsOf(by) is [var name] && query.TryGetProperty("select_list", out var given) && given.EnumerateArray().Any(item => Is(SyntaxTree.TextOf(item, "alias"), name))))
                {
                    Any(by, scope);
                }
            }
        }
    }

    private void Any(JsonElement node, Scope scope)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in node.EnumerateArray())
                {
                    Any(item, scope);
                }

                break;
            case JsonValueKind.Object when SyntaxTree.TextOf(node, "class") == "CONSTANT":
                break; // Data, whatever it looks like.
            case JsonValueKind.Object when SyntaxTree.TextOf(node, "type").EndsWith("_NODE", StringComparison.Ordinal):
                Query(node, scope);
                break;
            case JsonValueKind.Object:
                Column(PartsOf(node), scope.Sources);
                foreach (var member in node.EnumerateObject())
                {
                    Any(member.Value, scope);
                }

                break;
        }
    }

    private static void Column(IReadOnlyList<string> parts, IReadOnlyList<Source> sources)
    {
        if (parts.Count == 0 || (parts.Count > 1 && !Is(parts[^2], Schema) && sources.Any(source => Is(source.Name, parts[^2]))))
        {
            return; // A column of that table, or none.
        }

        if (Unnamed.Any(name => parts[^1].StartsWith(name, StringComparison.OrdinalIgnoreCase)) || sources.Any(source => !source.GivesColumn && Is(source.Name, parts[^1])))
        {
            throw new StatementException($"{parts[^1]} names a table, and no column of its own: name the columns that are needed. Where another table's is meant, write that table's name before it.");
        }
    }

    /// <summary>Before a table's name it may be the schema, whatever FROM calls so.</summary>
    private const string Schema = "main";

    /// <summary>How DuckDB calls what FROM gives no name.</summary>
    private static readonly string[] Unnamed = ["unnamed_subquery", "valueslist"];

    private IEnumerable<Source> Sources(JsonElement from, IReadOnlyDictionary<string, JsonElement> withs)
    {
        var (type, table, alias) = (SyntaxTree.TextOf(from, "type"), SyntaxTree.TextOf(from, "table_name"), SyntaxTree.TextOf(from, "alias"));
        var name = alias.Length > 0 ? alias : table;
        IEnumerable<Source> own = name.Length == 0 ? [] : [new Source(name, Renamed(from, "column_name_alias") is { Count: > 0 } renamed ? renamed.Contains(name) : type switch
        {
            "BASE_TABLE" when withs.TryGetValue(table, out var with) => Renamed(with, "aliases") is { Count: > 0 } called ? called.Contains(name) : Gives(with.GetProperty("query"), name),
            "BASE_TABLE" => data.Find(table) is { } found && found.Table.Columns.Any(column => Is(column.Name, name)),
            "SUBQUERY" => Gives(from.GetProperty("subquery"), name),
            _ => false,
        })];
        return type == "JOIN" ? own.Concat(Sources(from.GetProperty("left"), withs)).Concat(Sources(from.GetProperty("right"), withs)) : own;
    }

    private static HashSet<string> Renamed(JsonElement node, string member)
        => node.TryGetProperty(member, out var names) && names.ValueKind == JsonValueKind.Array ? new(names.EnumerateArray().Select(name => name.GetString()!), StringComparer.OrdinalIgnoreCase) : [];

    /// <summary>Whether a query's SELECT names a column so.</summary>
    private static bool Gives(JsonElement statement, string name)
        => statement.TryGetProperty("node", out var node) && node.TryGetProperty("select_list", out var given)
            && given.EnumerateArray().Any(item => SyntaxTree.TextOf(item, "alias") is { Length: > 0 } alias ? Is(alias, name) : PartsOf(item) is [.., var last] && Is(last, name));

    private static IReadOnlyList<string> PartsOf(JsonElement node)
        => node.ValueKind == JsonValueKind.Object && SyntaxTree.TextOf(node, "class") == "COLUMN_REF" ? [.. node.GetProperty("column_names").EnumerateArray().Select(part => part.GetString()!)] : [];

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
