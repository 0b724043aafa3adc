using System.Text.Json;

namespace Aiops.Ask.Sql;

/// <summary>Columns, calls and casts, each looked up in <see cref="AllowedFunctions"/>; what is within them is the walk's.</summary>
internal static class ExpressionCheck
{
    public static void Column(JsonElement node)
    {
        if (node.GetProperty("column_names") is { } parts && parts.GetArrayLength() == 1 && AllowedFunctions.NotColumns.Contains(parts[0].GetString()!))
        {
            throw new StatementException($"{parts[0].GetString()} isn't allowed: write times as literals.");
        }
    }

    public static void Call(JsonElement node)
    {
        PatternCheck.Check(node);
        Function(node, AllowedFunctions.Scalars.Contains(NameOf(node)) || AllowedFunctions.Aggregates.Contains(NameOf(node)));
    }

    public static void Window(JsonElement node)
    {
        if (SyntaxTree.TextOf(node, "exclude_clause") is not ("" or "NO_OTHER"))
        {
            throw new StatementException("A window's EXCLUDE isn't allowed: every row would go over all of its window anew.");
        }

        if (AllowedFunctions.NotWindows.Contains(NameOf(node)))
        {
            throw new StatementException($"{NameOf(node)} isn't allowed over a window: group by a bucket of time instead.");
        }

        Function(node, AllowedFunctions.Windows.Contains(NameOf(node)) || AllowedFunctions.Aggregates.Contains(NameOf(node)));
    }

    private static string NameOf(JsonElement call) => SyntaxTree.TextOf(call, "function_name");

    private static void Function(JsonElement node, bool isAllowed)
    {
        var name = NameOf(node);
        if (!isAllowed || !IsOurs(node))
        {
            throw new StatementException(name.ToLowerInvariant() is "now" or "today" or "get_current_timestamp" or "transaction_timestamp"
                ? $"{name} isn't allowed: write times as literals."
                : $"The function {name} isn't allowed. Functions: {string.Join(", ", AllowedFunctions.Scalars.Concat(AllowedFunctions.Aggregates).Concat(AllowedFunctions.Windows).Where(one => char.IsLetter(one[0])).Order(StringComparer.Ordinal))}.");
        }
    }

    public static bool IsOurs(JsonElement function) => SyntaxTree.TextOf(function, "catalog").Length == 0 && SyntaxTree.TextOf(function, "schema") is "" or "main";

    public static void Cast(JsonElement type)
    {
        if (!AllowedFunctions.Types.Contains(SyntaxTree.TextOf(type, "id")))
        {
            throw new StatementException($"A cast to this type isn't allowed; types: {string.Join(", ", AllowedFunctions.Types.Order(StringComparer.Ordinal))}.");
        }
    }
}
