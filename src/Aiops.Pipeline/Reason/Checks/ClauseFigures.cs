using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether a clause's numbers and times are those of a piece of evidence, and mean what they mean there.</summary>
internal static partial class ClauseFigures
{
    /// <param name="isTest">Whether it says what would disprove: figures of before and of now may then come at any time.</param>
    public static StrikeReason? Judge(Clause clause, Piece piece, bool isTest)
    {
        var said = clause.Said;
        var figures = said.Figures.All(figure => piece.Held.Figures.Exists(figure.IsHeldBy));
        var times = said.Times.All(time => piece.Held.Times.Exists(one => one == time || one.StartsWith(time + ":", StringComparison.Ordinal)));
        var words = NumberWords.In(clause.Text).All(number => (number == clause.Named.Count && !Multiples().IsMatch(clause.Text)) || piece.Held.Figures.Exists(figure => figure.Is(number))
            || NumberWords.In(piece.Text).Contains(number));
        return figures && times && words && Belongs(clause, piece) && Ways(clause.Text, piece) && !Differences(clause.Text, piece)
            && FigureMeaning.IsOfItsSignal(clause, piece) && (isTest || FigureMeaning.IsOfItsOwn(clause, piece)) ? null : StrikeReason.UnheldNumber;
    }

    /// <summary>Whether the sentence tells of a way from one value to another, versions included.</summary>
    public static bool HasWay(string claim) => FromTo().IsMatch(claim);

    public static IEnumerable<(string From, string To)> WaysIn(string text) => FromTo().Matches(text).Concat(Was().Matches(text)).Select(Ends);

    /// <summary>Where the figures stand from which a way begins.</summary>
    public static IEnumerable<Capture> Beginnings(string text) => FromTo().Matches(text).Select(match => match.Groups["from"]);

    // A figure of one component told of another.
    private static bool Belongs(Clause clause, Piece piece)
        => clause.Said.Figures.Count == 0 || piece.Component.Length == 0 || clause.Named.Count == 0 || clause.Named.Contains(piece.Component);

    // "From 204 to 0" isn't held by "from 0 to 204".
    private static bool Ways(string claim, Piece piece)
        => FromTo().Matches(claim).Select(Ends).All(way => piece.Ways.Any(one => IsEnd(way.From, one.From) && IsEnd(way.To, one.To)));

    // "Rose by 100 %" is worked out, unless the evidence says so itself; deviations are counted that way.
    private static bool Differences(string claim, Piece piece)
        => By().Matches(claim).Concat(More().Matches(claim))
            .Any(match => !match.Groups["deviations"].Success && !piece.Text.Contains(match.Value, StringComparison.OrdinalIgnoreCase));

    private static (string From, string To) Ends(Match match) => (match.Groups["from"].Value.TrimEnd('.', ','), match.Groups["to"].Value.TrimEnd('.', ','));

    // A version is compared letter by letter, a figure as one.
    private static bool IsEnd(string claimed, string seen) => claimed == seen
        || (Held.In(claimed) is { Figures: [var one], Names.Count: 0 } && Held.In(seen) is { Figures: [var other], Names.Count: 0 } && one.IsHeldBy(other));

    // "from 208 ms to 250 ms", "208 ms에서 250 ms로", "2 -> 0".
    [GeneratedRegex(
        @"\bfrom (?<from>\d[\d.,]*( ?%| ?(?:ms|s|µs|min|h|B|kB|MB|GB|TB)\b)?)[^\d.]*? to (?<to>\d[\d.,]*( ?%| ?(?:ms|s|µs|min|h|B|kB|MB|GB|TB)\b)?)"
        + @"|(?<![\w.:])(?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|kB|MB|GB|TB|초|분|밀리초))?)[^\d.:]{0,12}에서 (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|kB|MB|GB|TB|초|분|밀리초))?)"
        + @"|(?<from>\d[\d.,]*) ?(?:->|→) ?(?<to>\d[\d.,]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FromTo();

    [GeneratedRegex(@"doubl|twice|thrice|tripl|quadrupl|배", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Multiples();

    // "payments 5.12.0 deployed (was 5.11.3)".
    [GeneratedRegex(@"(?<to>\d[\w.]*) deployed \(was (?<from>\d[\w.]*)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Was();

    [GeneratedRegex(@"\bby (about |only )?\d[\d,.]*( ?%)?(?<deviations> (robust )?deviations)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex By();

    // "694 ms longer", "204 more".
    [GeneratedRegex(@"\d[\d,.]*( ?[%a-zA-Zµ]+)? (?<deviations>(?!))?(longer|more|higher|fewer|less|lower|slower|faster)\b|\d[\d,.]*\s?(개|건|회|번)?(가|이|만큼|나|이나)?\s(늘|증가|줄|감소)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex More();

}
