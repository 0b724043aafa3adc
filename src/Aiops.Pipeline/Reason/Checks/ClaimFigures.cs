using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether a sentence's numbers, times and their ways are held by what it cites.</summary>
internal static partial class ClaimFigures
{
    public static StrikeReason? Judge(string claim, Held said, List<Citable> cited, string text)
    {
        var held = Held.In(text);
        var figures = said.Figures.All(figure => held.Figures.Exists(figure.IsHeldBy));
        var times = said.Times.All(time => held.Times.Exists(one => one == time || one.StartsWith(time + ":", StringComparison.Ordinal)));
        var words = NumberWords.In(claim).All(number => held.Figures.Exists(figure => figure.Value == number) || NumberWords.In(text).Contains(number));
        return figures && times && words && Belong(claim, said, cited) && AreOfOneSignal(claim, said, cited) && Ways(claim, text) ? null : StrikeReason.UnheldNumber;
    }

    /// <summary>Whether the sentence tells of a way from one value to another, versions included.</summary>
    public static bool HasWay(string claim) => FromTo().IsMatch(claim);

    // A figure of one component told of another: where the sentence names components, one that it names must have it.
    private static bool Belong(string claim, Held said, List<Citable> cited)
    {
        var named = cited.Where(one => one.Component.Length == 0 || ClaimCheck.Holds(claim, one.Component)).Select(one => Held.In($"{one.Component}\n{one.Text}")).ToList();
        return named.Count == 0 || said.Figures.All(figure => named.Exists(one => one.Figures.Exists(figure.IsHeldBy)));
    }

    // "Errors rose to 250 ms": where the sentence speaks of one signal, its figures stand in evidence of that signal.
    private static bool AreOfOneSignal(string claim, Held said, List<Citable> cited)
    {
        var signals = Concept.Signals.Where(signal => signal.IsIn(claim)).ToList();
        if (signals.Count != 1 || said.Figures.Count == 0)
        {
            return true;
        }

        var fitting = cited.Where(one => ClaimWords.Spelt(one.Text) is var text && (signals[0].IsIn(text) || !Concept.Signals.Any(other => other.IsIn(text)))).Select(one => Held.In(one.Text)).ToList();
        return said.Figures.All(figure => fitting.Exists(one => one.Figures.Exists(figure.IsHeldBy)));
    }

    // "From 204 to 0" isn't held by "from 0 to 204".
    private static bool Ways(string claim, string text)
    {
        var seen = FromTo().Matches(text).Select(Ends).Concat(Was().Matches(text).Select(Ends)).ToList();
        return FromTo().Matches(claim).Select(Ends).All(way => seen.Exists(one => IsEnd(way.From, one.From) && IsEnd(way.To, one.To)));
    }

    private static (string From, string To) Ends(Match match) => (match.Groups["from"].Value.TrimEnd('.', ','), match.Groups["to"].Value.TrimEnd('.', ','));

    // A version is compared letter by letter, a figure as one.
    private static bool IsEnd(string claimed, string seen) => claimed == seen
        || (Held.In(claimed) is { Figures: [var one], Names.Count: 0 } && Held.In(seen) is { Figures: [var other], Names.Count: 0 } && one.IsHeldBy(other));

    // "from 208 ms to 250 ms", "208 ms에서 250 ms로", "2 -> 0".
    [GeneratedRegex(
        @"\bfrom (?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|B|kB|MB|GB|TB)\b|%)?)[^\d.]*? to (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|B|kB|MB|GB|TB)\b|%)?)"
        + @"|(?<![\w.:])(?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|초|분|밀리초))?)[^\d.:]{0,12}에서 (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|초|분|밀리초))?)"
        + @"|(?<from>\d[\d.,]*) ?(?:->|→) ?(?<to>\d[\d.,]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FromTo();

    // "payments 5.12.0 deployed (was 5.11.3)".
    [GeneratedRegex(@"(?<to>\d[\w.]*) deployed \(was (?<from>\d[\w.]*)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Was();
}
