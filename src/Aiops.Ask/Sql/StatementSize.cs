using System.Text.Json;
using Aiops.Ask.Data;

namespace Aiops.Ask.Sql;

/// <summary>
/// Bounds what a statement comes to before DuckDB looks its names up, which already takes time and memory by the number of columns:
/// how many columns its queries have, how often tables stand in it, and how long its texts can be.
/// </summary>
internal sealed class StatementSize(QuestionData data)
{
    public const int MostColumns = 1_000;
    public const int MostTables = 50; // The order of 190 joins is sought for minutes, and nothing stops that.
    public const int MostGroupings = 64;

    /// <summary>Parts of a query once the names that its SELECT gives are written out where they are used: DuckDB does so before anything stops it.</summary>
    public const int MostParts = 20_000;

    /// <summary>What all computed texts of a row may come to together, in longest texts of the data.</summary>
    public const double MostRowTimes = 100;

    /// <summary>What the texts that a step makes come to for a row at most, in longest texts of the data; 0 where it makes none out of them.</summary>
    public double MadeTimes { get; private set; }

    private static readonly Size Nothing = new(0, 0, default);

    /// <exception cref="StatementException">It could come to more than is allowed.</exception>
    public void Check(JsonElement query) => _ = Query(query, new Dictionary<string, Size>(StringComparer.OrdinalIgnoreCase), default);

    /// <param name="Tables">How often tables are read for it.</param>
    /// <param name="Text">Of its longest column.</param>
    private sealed record Size(long Columns, long Tables, TextBound Text);

    /// <summary>What the names in an expression stand for.</summary>
    private sealed record Scope(IReadOnlyDictionary<string, Size> Withs, TextBound Column, Dictionary<string, TextBound> Aliases);

    /// <param name="outer">Columns of the queries around it.</param>
    private Size Query(JsonElement node, IReadOnlyDictionary<string, Size> withs, TextBound outer)
    {
        if (node.TryGetProperty("cte_map", out var map) && map.TryGetProperty("map", out var list))
        {
            Dictionary<string, Size> inside = new(withs, StringComparer.OrdinalIgnoreCase);
            foreach (var with in list.EnumerateArray())
            {
                inside[SyntaxTree.TextOf(with, "key")] = Queries(with.GetProperty("value"), inside, outer).Aggregate(Nothing, Larger);
            }

            withs = inside;
        }

        return Bounded(SyntaxTree.TextOf(node, "type") == "SELECT_NODE" ? Select(node, withs, outer) : Set(node, withs, outer));
    }

    private Size Set(JsonElement node, IReadOnlyDictionary<string, Size> withs, TextBound outer)
    {
        var sides = node.EnumerateObject().Where(member => member.Name is not "cte_map" and not "modifiers").SelectMany(member => Queries(member.Value, withs, outer)).ToList();
        var all = new Size(sides.Sum(side => side.Columns), sides.Sum(side => side.Tables), sides.Select(side => side.Text).Aggregate(default(TextBound), TextBound.Longer));
        var byName = SyntaxTree.TextOf(node, "setop_type").Contains("NAME", StringComparison.Ordinal);
        Others(node, new Scope(withs, all.Text, []));
        return byName ? all : all with { Columns = sides.Select(side => side.Columns).DefaultIfEmpty(0).Max() };
    }

    private Size Select(JsonElement node, IReadOnlyDictionary<string, Size> withs, TextBound outer)
    {
        var from = node.TryGetProperty("from_table", out var table) ? From(table, withs, outer) : Nothing;
        var scope = new Scope(withs, TextBound.Longer(TextBound.Longer(outer, from.Text), TextBound.Column), new Dictionary<string, TextBound>(StringComparer.OrdinalIgnoreCase));
        var (columns, text, row) = (0L, default(TextBound), 0.0);
        foreach (var item in node.GetProperty("select_list").EnumerateArray())
        {
            var stars = Stars(item);
            var bound = Text(item, scope);
            columns += stars ? from.Columns : 1;
            row += SyntaxTree.TextOf(item, "class") is "COLUMN_REF" or "STAR" ? 0 : bound.Times * (stars ? from.Columns : 1);
            text = TextBound.Longer(text, bound);
            if (SyntaxTree.TextOf(item, "alias") is { Length: > 0 } alias)
            {
                scope.Aliases[alias] = scope.Aliases.TryGetValue(alias, out var before) ? TextBound.Longer(before, bound) : bound;
            }
        }

        MadeTimes = MadeTimes == 0 ? 0 : Math.Max(MadeTimes, row);
        if (row > MostRowTimes)
        {
            throw new StatementException("Its rows could hold too many long texts: compute fewer columns.");
        }

        if (node.TryGetProperty("group_sets", out var sets) && sets.ValueKind == JsonValueKind.Array && sets.GetArrayLength() > MostGroupings)
        {
            throw new StatementException($"It groups in {sets.GetArrayLength():N0} ways, and {MostGroupings} are allowed: name the ones that are needed.");
        }

        if (ExpressionParts.In(node) > MostParts)
        {
            throw new StatementException($"Written out, it has more than {MostParts:N0} parts: use a name that SELECT gives less often, or compute it in a WITH.");
        }

        Others(node, scope);
        return new Size(columns, from.Tables, text);
    }

    /// <summary>WHERE, GROUP BY and all the rest, whose texts are made too.</summary>
    private void Others(JsonElement node, Scope scope)
    {
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name is not ("cte_map" or "select_list" or "from_table" or "left" or "right" or "children"))
            {
                _ = Text(member.Value, scope);
            }
        }
    }

    private Size From(JsonElement node, IReadOnlyDictionary<string, Size> withs, TextBound outer)
    {
        switch (SyntaxTree.TextOf(node, "type"))
        {
            case "BASE_TABLE":
                var name = SyntaxTree.TextOf(node, "table_name");
                return withs.TryGetValue(name, out var with) ? with with { Tables = Math.Max(1, with.Tables) } : new Size(data.Find(name)?.Table.Columns.Count ?? 1, 1, TextBound.Column);
            case "JOIN":
                var left = From(node.GetProperty("left"), withs, outer);
                var right = From(node.GetProperty("right"), withs, TextBound.Longer(outer, left.Text)); // LATERAL sees the left side.
                var both = Bounded(new Size(left.Columns + right.Columns, left.Tables + right.Tables, TextBound.Longer(left.Text, right.Text)));
                Others(node, new Scope(withs, TextBound.Longer(TextBound.Longer(outer, both.Text), TextBound.Column), []));
                return both;
            case "SUBQUERY":
                return Queries(node, withs, outer).Aggregate(Nothing, Larger);
            default:
                var rows = node.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0 && values[0].ValueKind == JsonValueKind.Array
                    ? values[0].GetArrayLength() : 1;
                return new Size(rows, 1, Text(node, new Scope(withs, TextBound.Longer(outer, TextBound.Column), [])));
        }
    }

    private TextBound Text(JsonElement node, Scope scope)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                return node.EnumerateArray().Select(item => Text(item, scope)).Aggregate(default(TextBound), TextBound.Longer);
            case not JsonValueKind.Object:
                return default;
        }

        if (IsQuery(node))
        {
            return Query(node, scope.Withs, scope.Column).Text;
        }

        var bound = SyntaxTree.TextOf(node, "class") switch
        {
            "CONSTANT" => TextBound.OfConstant(node),
            "COLUMN_REF" => TextBound.Longer(scope.Column, node.GetProperty("column_names") is var parts && parts.GetArrayLength() == 1
                && scope.Aliases.TryGetValue(parts[0].GetString()!, out var alias) ? alias : default),
            "FUNCTION" or "WINDOW" => Call(node, scope),
            "STAR" => TextBound.Longer(scope.Column, Members(node, scope)),
            _ => Members(node, scope),
        };
        return bound.IsTooLong
            ? throw new StatementException(
                $"It could make texts more than {TextBound.MostTimes} times as long as those it reads: use fewer of ||, concat, lists, replace and regexp_replace, with shorter literals.")
            : bound;
    }

    private TextBound Call(JsonElement node, Scope scope)
    {
        List<JsonElement> arguments = node.TryGetProperty("children", out var children) ? [.. children.EnumerateArray()] : [];
        var others = node.EnumerateObject().Where(member => member.Name != "children").Select(member => Text(member.Value, scope)).Aggregate(default(TextBound), TextBound.Longer);
        var name = SyntaxTree.TextOf(node, "function_name");
        var made = TextBound.OfCall(name, arguments, [.. arguments.Select(argument => Text(argument, scope))]);
        MadeTimes = TextBound.Makes(name) ? Math.Max(MadeTimes, made.Times) : MadeTimes;
        return TextBound.Longer(others, made);
    }

    private TextBound Members(JsonElement node, Scope scope) => node.EnumerateObject().Select(member => Text(member.Value, scope)).Aggregate(default(TextBound), TextBound.Longer);

    /// <summary>The queries right beneath a node, not those within them.</summary>
    private IEnumerable<Size> Queries(JsonElement node, IReadOnlyDictionary<string, Size> withs, TextBound outer) => node.ValueKind switch
    {
        JsonValueKind.Object when IsQuery(node) => [Query(node, withs, outer)],
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => Queries(member.Value, withs, outer)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(item => Queries(item, withs, outer)),
        _ => [],
    };

    // A query within it has its own.
    private static bool Stars(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object when IsQuery(node) => false,
        JsonValueKind.Object => SyntaxTree.TextOf(node, "class") == "STAR" || node.EnumerateObject().Any(member => Stars(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().Any(Stars),
        _ => false,
    };

    private static bool IsQuery(JsonElement node) => SyntaxTree.TextOf(node, "type").EndsWith("_NODE", StringComparison.Ordinal);

    private static Size Larger(Size a, Size b) => new(Math.Max(a.Columns, b.Columns), a.Tables + b.Tables, TextBound.Longer(a.Text, b.Text));

    private static Size Bounded(Size size)
        => size.Columns > MostColumns ? throw new StatementException($"It comes to {size.Columns:N0} columns, and {MostColumns:N0} are allowed: name the ones that are needed instead of *.")
            : size.Tables > MostTables ? throw new StatementException($"It reads tables {size.Tables:N0} times over, and {MostTables} are allowed: write it more simply.")
            : size;
}
