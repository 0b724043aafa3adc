using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Aiops.Ask.Sql;

/// <summary>How long a text can be: so many times the longest text that the data holds, and so many bytes more. A bound, not an estimate.</summary>
/// <remarks>DuckDB counts rows against its memory limit, but makes a text before it counts it, so doubling one thirty times must not begin.</remarks>
internal readonly record struct TextBound(double Times, double Bytes)
{
    /// <summary>How many times longer than the longest text of the data any text may become.</summary>
    public const double MostTimes = 20;

    /// <summary>Bytes that constants may come to within one text.</summary>
    public const double MostBytes = 20_000;

    /// <summary>Numbers and times as text.</summary>
    private const double Figure = 64;

    private static readonly TextBound Endless = new(double.PositiveInfinity, double.PositiveInfinity);

    public static TextBound Column { get; } = new(1, Figure);

    public static TextBound operator +(TextBound a, TextBound b) => new(a.Times + b.Times, a.Bytes + b.Bytes);

    public static TextBound operator *(TextBound a, double many) => new(a.Times == 0 ? 0 : a.Times * many, a.Bytes == 0 ? 0 : a.Bytes * many);

    public static TextBound Longer(TextBound a, TextBound b) => new(Math.Max(a.Times, b.Times), Math.Max(a.Bytes, b.Bytes));

    public bool IsTooLong => !(Times <= MostTimes && Bytes <= MostBytes);

    public static TextBound OfConstant(JsonElement constant) => new(0, Math.Max(Figure, SyntaxTree.LiteralOf(constant) is { } text ? Encoding.UTF8.GetByteCount(text) : 0));

    private static readonly FrozenSet<string> Makers = new[]
    {
        "||", "concat", "concat_ws", "list_value", "replace", "regexp_replace", "regexp_extract", "lower", "upper", "reverse", "trim", "ltrim", "rtrim",
        "left", "right", "substring", "substr", "split_part", "~~*", "!~~*",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a call writes its text anew instead of handing on one that it got. (ILIKE compares in small letters.)</summary>
    public static bool Makes(string name) => Makers.Contains(name);

    /// <summary>What a call answers, by what its arguments can be.</summary>
    public static TextBound OfCall(string name, IReadOnlyList<JsonElement> arguments, IReadOnlyList<TextBound> bounds)
    {
        var sum = bounds.Aggregate(default(TextBound), (a, b) => a + b);
        return name.ToLowerInvariant() switch
        {
            "||" or "concat" => sum,
            "concat_ws" => bounds.Count < 3 ? sum : sum + (bounds[0] * (bounds.Count - 2)),
            "list_value" => (sum * 2) + new TextBound(0, 4 * bounds.Count), // As text its parts are quoted, and joined.
            "left" when bounds.Count == 2 && NumberOf(arguments[1]) is > 0 and var letters => Cut(bounds[0], letters),
            "substring" or "substr" when bounds.Count == 3 && NumberOf(arguments[2]) is > 0 and var letters => Cut(bounds[0], letters),
            "replace" => bounds.Count < 3 ? sum : Replaced(arguments, bounds[0]),
            "regexp_replace" => bounds.Count < 3 ? sum : RegexReplaced(arguments, bounds[0]),
            "strftime" => arguments.Select(SyntaxTree.LiteralOf).OfType<string>().FirstOrDefault() is { } format ? new TextBound(0, Figure + (format.Length * 16.0)) : Endless,
            "min" or "max" when arguments.Count > 1 => sum * CountOf(arguments[1]),
            "arg_min" or "arg_max" or "min_by" or "max_by" when arguments.Count > 2 => bounds[0] * CountOf(arguments[2]),
            "quantile" or "quantile_cont" or "quantile_disc" or "approx_quantile" when arguments.Count > 1 => bounds[0] * ListedIn(arguments[1]),
            _ => bounds.Aggregate(new TextBound(0, Figure), Longer),
        };
    }

    private static TextBound Replaced(IReadOnlyList<JsonElement> arguments, TextBound source)
    {
        if (SyntaxTree.LiteralOf(arguments[2]) is not { } replacement)
        {
            return Endless; // What isn't a literal may be anything.
        }

        var sought = SyntaxTree.LiteralOf(arguments[1]) is { Length: > 0 } literal ? Encoding.UTF8.GetByteCount(literal) : 1;
        return source * Math.Max(1, (double)Encoding.UTF8.GetByteCount(replacement) / sought);
    }

    // Between any two letters something empty may match; \1 puts the match itself there.
    private static TextBound RegexReplaced(IReadOnlyList<JsonElement> arguments, TextBound source)
    {
        if (SyntaxTree.LiteralOf(arguments[2]) is not { } replacement)
        {
            return Endless;
        }

        var (written, taken) = (Encoding.UTF8.GetByteCount(replacement), replacement.Count(letter => letter == '\\'));
        return arguments.Count < 4 || (SyntaxTree.LiteralOf(arguments[3]) is { } options && !options.Contains('g', StringComparison.OrdinalIgnoreCase))
            ? (source * (1 + taken)) + new TextBound(0, written)
            : (source * (1 + taken + written)) + new TextBound(0, written);
    }

    // However long the text is, of so many letters it has four bytes each at most.
    private static TextBound Cut(TextBound source, double letters) => 4 * letters <= MostBytes / 4 ? new TextBound(0, 4 * letters) : source;

    private static double CountOf(JsonElement node) => NumberOf(node) is { } number ? 2 * Math.Max(1, number) : double.PositiveInfinity;

    private static double? NumberOf(JsonElement node)
        => SyntaxTree.TextOf(node, "class") == "CONSTANT" && node.TryGetProperty("value", out var value) && value.TryGetProperty("value", out var number)
            && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private static double ListedIn(JsonElement node) => SyntaxTree.TextOf(node, "class") switch
    {
        "CONSTANT" or "CAST" => 1,
        "FUNCTION" when SyntaxTree.TextOf(node, "function_name") == "list_value" && node.TryGetProperty("children", out var listed) => 2 * Math.Max(1, listed.GetArrayLength()),
        _ => double.PositiveInfinity,
    };
}
