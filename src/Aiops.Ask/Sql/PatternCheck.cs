using System.Text.Json;

namespace Aiops.Ask.Sql;

/// <summary>
/// Patterns that DuckDB compares in time that grows with the text alone: nothing stops it within a row. Regular expressions are like
/// that once they are compiled, and LIKE is where it has no _ (DuckDB takes the parts between its % one after another); with one, and
/// for ILIKE and ESCAPE, each % begins to try every place anew within the one before.
/// </summary>
internal static class PatternCheck
{
    /// <summary>Letters of a pattern whose % are tried at every place.</summary>
    public const int MostTried = 100;

    private static readonly string[] Regex = ["regexp_matches", "regexp_replace", "regexp_extract", "regexp_full_match"];
    private static readonly string[] Like = ["~~", "!~~"];
    private static readonly string[] LikeOtherwise = ["~~*", "!~~*", "like_escape", "not_like_escape", "ilike_escape", "not_ilike_escape"];

    /// <exception cref="StatementException">Its pattern could take without end.</exception>
    public static void Check(JsonElement function)
    {
        var name = SyntaxTree.TextOf(function, "function_name").ToLowerInvariant();
        var isRegex = Regex.Contains(name);
        if (!isRegex && !Like.Contains(name) && !LikeOtherwise.Contains(name))
        {
            return;
        }

        if (!function.TryGetProperty("children", out var children) || children.GetArrayLength() < 2 || SyntaxTree.LiteralOf(children[1]) is not { } pattern)
        {
            throw new StatementException($"The pattern of {(isRegex ? name : "LIKE")} isn't a literal: write it out, or use contains, starts_with and ends_with.");
        }

        if (!isRegex && (LikeOtherwise.Contains(name) || pattern.Contains('_', StringComparison.Ordinal)) && (pattern.Length > MostTried || TriesIn(pattern) > 1))
        {
            throw new StatementException(
                $"A pattern with _, of ILIKE or with ESCAPE has one % besides those at its end, and {MostTried} letters at most: "
                + "write lower(text) LIKE '%…%…%' without _, or regexp_matches(text, '…').");
        }
    }

    // One at the end takes whatever is left.
    private static int TriesIn(string pattern)
    {
        var inner = pattern.TrimEnd('%');
        return inner.Where((letter, i) => letter == '%' && (i == 0 || inner[i - 1] != '%')).Count();
    }
}
