using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Answer;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>What a claim is about, besides what it cites.</summary>
/// <param name="Blamed">The component that the claim may call a cause; the first hypothesis' in the narrative.</param>
/// <param name="Supports">Ids that may carry the word "cause" for it: evidence for that hypothesis.</param>
/// <param name="Excuses">Ids that may carry a "not": evidence against a hypothesis.</param>
/// <param name="IsTest">Whether it says what would disprove, and so may name a deed that the analysis names in its own test.</param>
/// <param name="OwnTest">The analysis' own words for that test.</param>
internal sealed record ClaimScope(string Blamed, IReadOnlySet<string> Supports, IReadOnlySet<string> Excuses, bool IsTest = false, string OwnTest = "");

/// <summary>
/// Holds one sentence against the evidence that it cites. Every number with its unit, every time, every name, every mechanism,
/// direction and deed in it must be held there. What else a sentence means isn't understood, and docs/model.md says so.
/// </summary>
internal sealed partial class ClaimCheck(IReadOnlyDictionary<string, Citable> citables, IReadOnlySet<string> entities)
{
    /// <summary>The longest sentence, in characters.</summary>
    public const int LongestClaim = 320;

    public const int MostCited = 8;

    /// <summary>Null where the claim stands.</summary>
    public StrikeReason? Judge(AnsweredClaim claim, ClaimScope scope)
    {
        if (claim.Text.Length > LongestClaim || claim.Text.Trim().Length == 0 || claim.Evidence.Count > MostCited)
        {
            return StrikeReason.BeyondLimits;
        }

        if (claim.Evidence.Count == 0 || claim.Evidence.Any(id => !citables.ContainsKey(id)))
        {
            return StrikeReason.UnknownEvidence;
        }

        var cited = claim.Evidence.Select(id => citables[id]).ToList();
        var text = string.Join("\n", cited.Select(one => $"{one.Component}\n{one.Text}"));
        var (said, held) = (Held.In(claim.Text), Held.In(text));
        return Marks(claim.Text) ?? Numbers(claim.Text, said, text, held) ?? Belonging(claim.Text, said, cited) ?? Ways(claim.Text, text) ?? Names(claim.Text, said, text, held) ?? Words(claim, scope, text, cited)
            ?? (IsAnchored(claim.Text, said, cited) ? null : StrikeReason.Unrelated);
    }

    // A sentence needs no link, no address and no mark-up, whoever wrote it.
    private static StrikeReason? Marks(string text)
        => text.Contains("://", StringComparison.Ordinal) || text.Contains("](", StringComparison.Ordinal) || text.Any(c => c is '<' or '>' or '`' or '{' or '}' or '$' or '\n')
            ? StrikeReason.UnheldName : null;

    private static StrikeReason? Numbers(string claim, Held said, string text, Held held)
    {
        var figures = said.Figures.All(figure => held.Figures.Exists(figure.IsHeldBy));
        var times = said.Times.All(time => held.Times.Exists(one => one == time || one.StartsWith(time + ":", StringComparison.Ordinal)));
        var words = NumberWords.In(claim).All(number => held.Figures.Exists(figure => figure.Value == number) || NumberWords.In(text).Contains(number));
        return figures && times && words ? null : StrikeReason.UnheldNumber;
    }

    /// <summary>A figure of one component told of another: where the sentence names components, one that it names must have it.</summary>
    private static StrikeReason? Belonging(string claim, Held said, List<Citable> cited)
    {
        var named = cited.Where(one => one.Component.Length == 0 || Holds(claim, one.Component)).Select(one => Held.In($"{one.Component}\n{one.Text}")).ToList();
        return named.Count == 0 || said.Figures.All(figure => named.Exists(one => one.Figures.Exists(figure.IsHeldBy))) ? null : StrikeReason.UnheldNumber;
    }

    /// <summary>"From 204 to 0" isn't held by "from 0 to 204".</summary>
    private static StrikeReason? Ways(string claim, string text)
    {
        var seen = FromTo().Matches(text).Select(Ends).ToList();
        return FromTo().Matches(claim).Select(Ends).All(way => seen.Exists(one => way.From.IsHeldBy(one.From) && way.To.IsHeldBy(one.To))) ? null : StrikeReason.UnheldNumber;

        static (Figure From, Figure To) Ends(Match match) => (Held.In(match.Groups["from"].Value).Figures[0], Held.In(match.Groups["to"].Value).Figures[0]);
    }

    private StrikeReason? Names(string claim, Held said, string text, Held held)
    {
        if (!said.Names.TrueForAll(name => Holds(text, name) || OrdinaryCompounds.Contains(name.ToLowerInvariant())))
        {
            return StrikeReason.UnheldName;
        }

        var named = entities.Where(entity => Holds(claim, entity));
        var called = CalledThing().Matches(claim).Select(match => match.Groups["name"].Value).Where(name => !OrdinaryWords.Contains(name.ToLowerInvariant()));
        return named.Concat(called).All(name => Holds(text, name)) ? null : StrikeReason.UnheldName;
    }

    private static StrikeReason? Words(AnsweredClaim claim, ClaimScope scope, string text, List<Citable> cited)
    {
        // A name such as "http.server.errors" or "db-orders" is held already, and what it contains isn't a word of the sentence.
        var said = NamesWithMarks().Replace(claim.Text, " ");
        var known = scope.IsTest ? $"{text}\n{scope.OwnTest}" : text;
        if (Concept.Deeds.Any(deed => deed.IsIn(said) && !deed.IsIn(known)))
        {
            return StrikeReason.ActionOutsidePlaybooks;
        }

        if (Concept.Mechanisms.Any(mechanism => mechanism.IsIn(said) && !mechanism.IsIn(Spelt(known))))
        {
            return StrikeReason.UnheldMechanism;
        }

        if (scope.IsTest)
        {
            return null; // What would disprove it says what isn't so.
        }

        var (up, down) = (Concept.Up.IsIn(said), Concept.Down.IsIn(said));
        if ((up && !Concept.Up.IsIn(text) && Concept.Down.IsIn(text)) || (down && !Concept.Down.IsIn(text) && Concept.Up.IsIn(text))
            || (Concept.Negation.IsIn(said) && !IsHeldNegation(claim.Text, scope, cited)))
        {
            return StrikeReason.Contradicts;
        }

        return !Concept.Cause.IsIn(said) || Concept.Cause.IsIn(text) || (cited.Exists(one => scope.Supports.Contains(one.Id)) && Holds(claim.Text, scope.Blamed))
            ? null : StrikeReason.UnknownCause;
    }

    /// <summary>A "not" is held where what is cited says no or speaks against a suspect, and the sentence has one of its figures or three of its words.</summary>
    private static bool IsHeldNegation(string claim, ClaimScope scope, List<Citable> cited)
        => cited.Exists(one => (Concept.Negation.IsIn(one.Text) || scope.Excuses.Contains(one.Id))
            && (Held.In(claim).Figures.Count + Held.In(claim).Times.Count > 0 || Shared(claim, one.Text) >= 3));

    /// <summary>Whether the sentence has something of what it cites: its component, one of its names, or words. A figure alone may be chance.</summary>
    private static bool IsAnchored(string claim, Held said, List<Citable> cited)
        => said.Names.Count > 0 || cited.Exists(one => (one.Component.Length > 0 && Holds(claim, one.Component)) || Shared(claim, one.Text) >= 2);

    // Words of four letters or more.
    private static int Shared(string claim, string text)
        => LongWord().Matches(claim).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count(word => Holds(text, word));

    /// <summary>Whether a name stands in a text as a word of its own; Korean particles may follow it.</summary>
    internal static bool Holds(string text, string name)
    {
        if (name.Length == 0)
        {
            return false;
        }

        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsNamePart(text[at - 1])) && (end == text.Length || !IsNamePart(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    // "CPUUtilization" speaks of the CPU, "ReadThrottleEvents" of throttling.
    private static string Spelt(string text) => text + "\n" + Humps().Replace(text, "${low} ${high}").Replace('_', ' ').Replace('-', ' ').Replace('.', ' ').Replace('/', ' ');

    private static readonly HashSet<string> OrdinaryCompounds = new(StringComparer.Ordinal)
    {
        "long-running", "well-known", "real-time", "so-called", "follow-up", "knock-on", "end-to-end", "up-to-date", "and/or", "e.g", "i.e", "non-zero",
        "higher-than-usual", "first-time", "top-ranked", "second-ranked", "root-cause",
    };

    private static readonly HashSet<string> OrdinaryWords = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "this", "that", "each", "every", "its", "their", "calling", "called", "upstream", "downstream", "dependent", "other", "same", "affected", "one",
        "which", "any", "all", "no", "another", "of", "and", "or", "in", "to", "by", "whole", "first", "alarming", "failing", "slow", "new", "own", "faulty", "suspected", "alb", "lambda", "ecs",
        "is", "was", "for", "on", "from", "with", "as", "at", "load", "aws",
    };

    [GeneratedRegex(@"(?<name>[A-Za-z][\w-]*) (service|function|table|queue|cluster|host|pod|node|server|bucket|topic|instance|container|database|component|system|API)s?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CalledThing();

    // "from 208 ms to 250 ms", "208 ms에서 250 ms로".
    [GeneratedRegex(
        @"\bfrom (?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|B|kB|MB|GB|TB)\b|%)?)[^\d.]*? to (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|B|kB|MB|GB|TB)\b|%)?)"
        + @"|(?<![\w.:])(?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|초|분|밀리초))?)[^\d.:]{0,12}에서 (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|초|분|밀리초))?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FromTo();

    [GeneratedRegex(@"[A-Za-z0-9]+(?:[-_./:@][A-Za-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamesWithMarks();

    [GeneratedRegex(@"[\p{L}]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongWord();

    [GeneratedRegex(@"(?<low>[a-z]|[A-Z]{2,})(?<high>[A-Z][a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Humps();
}
