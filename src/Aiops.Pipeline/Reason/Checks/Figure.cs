using System.Globalization;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>One number of a text, in its own unit.</summary>
/// <param name="Value">As written, the unit not applied.</param>
/// <param name="Decimals">Digits after the point: how exact it claims to be.</param>
/// <param name="Unit">Null for a bare number, and for units that only count (requests, lines, times).</param>
internal sealed record Figure(double Value, int Decimals, FigureUnit? Unit)
{
    // What rounding to the claim's digits may cost: a claim of 3 isn't held by 3.42.
    private const double MostRoundedOff = 0.1;

    /// <summary>What it counts, of the few things that evidence counts: "requests", "deviations"; null for others.</summary>
    public string? Counted { get; init; }

    /// <summary>Where it stands in its text, its unit included.</summary>
    public int At { get; init; }

    public int End { get; init; }

    public double InBaseUnit => Value * (Unit?.Scale ?? 1);

    /// <summary>Whether it is this number, which was written as a word: "half" is 50 %.</summary>
    public bool Is(double number) => Value == number || (Unit?.Dimension == "ratio" && InBaseUnit == number);

    /// <summary>Whether this, claimed, is <paramref name="seen"/> rounded to the claim's digits, the unit converted.</summary>
    public bool IsHeldBy(Figure seen)
    {
        // A claim may leave the unit out, and never add one.
        if (Unit is { } unit && (seen.Unit is null || seen.Unit.Dimension != unit.Dimension))
        {
            return false;
        }

        // 175 robust deviations aren't 175 requests, and 5 samples that are missing are no 5.
        if ((Counted is not null && seen.Counted is not null && Counted != seen.Counted) || (seen.Counted is "deviation" or "sample" && Counted != seen.Counted))
        {
            return false;
        }

        var value = Unit is null ? seen.Value : seen.Value * seen.Unit!.Scale / Unit.Scale;
        var half = 0.5 * Math.Pow(10, -Decimals) * (1 + 1e-9);
        return Math.Abs(Value - value) <= Math.Min(half, (MostRoundedOff * Math.Abs(value)) + 1e-12);
    }
}

/// <param name="Scale">To the dimension's base unit.</param>
internal sealed record FigureUnit(string Dimension, double Scale)
{
    private static readonly Dictionary<string, FigureUnit> Known = new(StringComparer.Ordinal)
    {
        ["%"] = new("ratio", 0.01),
        ["percent"] = new("ratio", 0.01),
        ["퍼센트"] = new("ratio", 0.01),
        ["프로"] = new("ratio", 0.01),
        ["µs"] = new("time", 1e-6),
        ["us"] = new("time", 1e-6),
        ["ms"] = new("time", 1e-3),
        ["milliseconds"] = new("time", 1e-3),
        ["s"] = new("time", 1),
        ["sec"] = new("time", 1),
        ["second"] = new("time", 1),
        ["seconds"] = new("time", 1),
        ["min"] = new("time", 60),
        ["minute"] = new("time", 60),
        ["minutes"] = new("time", 60),
        ["h"] = new("time", 3600),
        ["hour"] = new("time", 3600),
        ["hours"] = new("time", 3600),
        ["day"] = new("time", 86400),
        ["days"] = new("time", 86400),
        ["밀리초"] = new("time", 1e-3),
        ["초"] = new("time", 1),
        ["분"] = new("time", 60),
        ["시간"] = new("time", 3600),
        ["일"] = new("time", 86400),
        ["B"] = new("size", 1),
        ["kB"] = new("size", 1e3),
        ["KB"] = new("size", 1e3),
        ["MB"] = new("size", 1e6),
        ["GB"] = new("size", 1e9),
        ["TB"] = new("size", 1e12),
        ["KiB"] = new("size", 1024),
        ["MiB"] = new("size", 1 << 20),
        ["GiB"] = new("size", 1 << 30),
    };

    /// <summary>The units by which a number may be followed, the longer first, for a pattern.</summary>
    public static string Pattern { get; } = string.Join('|', Known.Keys.OrderByDescending(unit => unit.Length).Select(Regex.Escape));

    public static FigureUnit? Of(string text) => Known.GetValueOrDefault(text);
}

/// <summary>The numbers, times and names in a text.</summary>
internal sealed class Held
{
    // A time of day or a date; a number with its unit; a name with a digit or a mark in it; a bare number.
    private static readonly Regex Token = new(
        @"(?<time>(?<![\w.:])\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?!\d|:\d))"
        + @"|(?<date>(?<![\w.-])\d{4}-\d{2}-\d{2}(?![\d-]))"
        + $@"|(?<![\w.,/-])(?<number>-?\d[\d,]*(\.\d+)?)\s?(?<unit>{FigureUnit.Pattern})(?![A-Za-z0-9_])"
        + @"|(?<name>(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[-_./:@][A-Za-z0-9]+)+|(?<![A-Za-z0-9])(?:[A-Za-z]+\d|\d+[A-Za-z])[A-Za-z0-9]*|(?<![A-Za-z0-9])[a-z]+[A-Z][A-Za-z0-9]*|(?<![A-Za-z0-9])[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)"
        + @"|(?<bare>\d[\d,]*(\.\d+)?(e[+-]?\d+)?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Compiled, TimeSpan.FromSeconds(1));

    // "15 new ERROR lines".
    private static readonly Regex CountedThing = new(
        @"\G\s(?:[A-Za-z-]+\s){0,2}?(?<what>request|line|trace|call|sample|deviation|alarm|connection|task|편차|샘플|표본)s?(?![A-Za-z])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private readonly List<(int At, int Length)> spans = [];

    private Held()
    {
    }

    public List<Figure> Figures { get; } = [];

    public List<string> Times { get; } = [];

    public List<string> Names { get; } = [];

    public static Held In(string text)
    {
        Held held = new();
        foreach (Match match in Token.Matches(text))
        {
            if (!match.Groups["name"].Success || IsPlainNumber(match.Value))
            {
                held.spans.Add((match.Index, match.Length));
            }

            if (match.Groups["time"] is { Success: true } time)
            {
                held.Times.Add(time.Value.PadLeft(time.Value.IndexOf(':', StringComparison.Ordinal) == 1 ? time.Length + 1 : 0, '0'));
            }
            else if (match.Groups["date"].Success)
            {
                held.Times.Add(match.Value);
            }
            else if (match.Groups["number"] is { Success: true } number)
            {
                held.Add(text, match, number.Value, FigureUnit.Of(match.Groups["unit"].Value));
            }
            else if (match.Groups["name"] is { Success: true } name && !IsPlainNumber(name.Value))
            {
                held.Names.Add(name.Value);
            }
            else
            {
                held.Add(text, match, match.Value, null);
            }
        }

        return held;
    }

    /// <summary>The text with spaces for the figures and times that were found in it.</summary>
    public string WithoutFigures(string text)
    {
        var left = text.ToCharArray();
        spans.ForEach(span => Array.Fill(left, ' ', span.At, span.Length));
        return new string(left);
    }

    // "0.5" is a number with a mark in it; "5.12.0" and "1/2" are not.
    private static bool IsPlainNumber(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private void Add(string text, Match match, string number, FigureUnit? unit)
    {
        var digits = number.Replace(",", "", StringComparison.Ordinal);
        var end = match.Index + match.Length;
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            var point = digits.IndexOf('.', StringComparison.Ordinal);
            Figures.Add(new Figure(value, point < 0 ? 0 : digits.Length - point - 1, unit)
            {
                At = match.Index,
                End = end,
                Counted = unit is null && CountedThing.Match(text, end) is { Success: true } counted ? InEnglish(counted.Groups["what"].Value.ToLowerInvariant()) : null,
            });
        }
    }

    private static string InEnglish(string counted) => counted switch
    {
        "편차" => "deviation",
        "샘플" or "표본" => "sample",
        _ => counted,
    };
}
