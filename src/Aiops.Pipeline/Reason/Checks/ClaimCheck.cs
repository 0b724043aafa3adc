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
        return Marks(claim.Text) ?? Numbers(claim.Text, said, text, held) ?? Names(claim.Text, said, text, held) ?? Words(claim, scope, text, cited)
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
            || (Concept.Negation.IsIn(said) && !Concept.Negation.IsIn(text) && !cited.Exists(one => scope.Excuses.Contains(one.Id))))
        {
            return StrikeReason.Contradicts;
        }

        return !Concept.Cause.IsIn(said) || Concept.Cause.IsIn(text) || (cited.Exists(one => scope.Supports.Contains(one.Id)) && Holds(claim.Text, scope.Blamed))
            ? null : StrikeReason.UnknownCause;
    }

    /// <summary>Whether the sentence has something of what it cites: its component, one of its names, or one of its figures.</summary>
    private static bool IsAnchored(string claim, Held said, List<Citable> cited)
        => said.Figures.Count + said.Times.Count + said.Names.Count > 0 || cited.Exists(one => one.Component.Length > 0 && Holds(claim, one.Component))
            || cited.Exists(one => one.Component.Length == 0 && Shared(claim, one.Text) >= 2);

    // Words of four letters or more: of what has no component, a past incident or what was missing.
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

    [GeneratedRegex(@"[A-Za-z0-9]+(?:[-_./:@][A-Za-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamesWithMarks();

    [GeneratedRegex(@"[\p{L}]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongWord();

    [GeneratedRegex(@"(?<low>[a-z]|[A-Z]{2,})(?<high>[A-Z][a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Humps();
}
