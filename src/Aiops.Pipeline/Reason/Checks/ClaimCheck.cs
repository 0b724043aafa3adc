using System.Globalization;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Answer;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>What a claim is about, besides what it cites.</summary>
/// <param name="Blamed">The component that the claim may call a cause; the first hypothesis' in the narrative.</param>
/// <param name="Supports">Ids that may carry the word "cause" for it: evidence for that hypothesis, and its own.</param>
/// <param name="IsTest">Whether it says what would disprove, and so may name a deed that the analysis names in its own test.</param>
/// <param name="OwnTest">The analysis' own words for that test.</param>
internal sealed record ClaimScope(string Blamed, IReadOnlySet<string> Supports, bool IsTest = false, string OwnTest = "");

/// <summary>
/// Holds one sentence against the evidence that it cites: its signs, its figures (<see cref="ClaimFigures"/>), its names and their
/// order, its words of weight (<see cref="ClaimWords"/>). What else a sentence means isn't understood, and docs/model.md says so.
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
        if (scope.IsTest)
        {
            cited.Add(new Citable("", "", scope.OwnTest, null)); // What the analysis says of it itself may be said again.
        }

        var text = string.Join("\n", cited.Select(one => $"{one.Component}\n{one.Text}"));
        var said = Held.In(claim.Text);
        return Signs(claim.Text, text)
            ?? ClaimFigures.Judge(claim.Text, said, cited, text)
            ?? Names(claim.Text, said, text)
            ?? ClaimWords.Judge(claim.Text, cited, text, scope)
            ?? Order(claim.Text, cited, scope)
            ?? Anchor(claim.Text, said, cited);
    }

    /// <summary>
    /// A sentence needs no link and no mark-up, and no sign that a reader doesn't see or takes for another: a letter of a script that
    /// isn't in the evidence, a digit that isn't ASCII, what has no width.
    /// </summary>
    private static StrikeReason? Signs(string claim, string text)
    {
        var strange = claim.Any(c => c is '<' or '>' or '`' or '{' or '}' or '$' || char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (char.IsDigit(c) && !char.IsAsciiDigit(c)) || (char.IsLetter(c) && !IsUsualLetter(c) && !text.Contains(c, StringComparison.Ordinal)));
        return strange || claim.Contains("://", StringComparison.Ordinal) || claim.Contains("](", StringComparison.Ordinal) ? StrikeReason.UnheldName : null;
    }

    // Latin with its accents, Hangul.
    private static bool IsUsualLetter(char c) => c is < '\u0250' or (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F') or (>= '\uAC00' and <= '\uD7A3');

    private StrikeReason? Names(string claim, Held said, string text)
    {
        // A part of a name will do: "5XX" of HTTPCode_Target_5XX_Count.
        var spelt = ClaimWords.Spelt(text);
        if (!said.Names.TrueForAll(name => Holds(text, name) || Holds(spelt, name) || OrdinaryCompounds.Contains(name.ToLowerInvariant())))
        {
            return StrikeReason.UnheldName;
        }

        var named = entities.Where(entity => Holds(claim, entity));
        var called = CalledThing().Matches(claim).Select(match => match.Groups["name"].Value).Where(name => !OrdinaryWords.Contains(name.ToLowerInvariant()));
        return named.Concat(called).All(name => Holds(text, name)) ? null : StrikeReason.UnheldName;
    }

    /// <summary>
    /// "payments depends on checkout" isn't held by "checkout depends on payments": components, and versions, come in the order of one
    /// piece of evidence. The passive is struck out with it; better that than the reverse of the truth.
    /// </summary>
    private StrikeReason? Order(string claim, List<Citable> cited, ClaimScope scope)
    {
        if (scope.IsTest)
        {
            return null;
        }

        var bound = entities.Where(entity => Holds(claim, entity)).ToList();
        var versions = Held.In(claim).Names.Where(name => char.IsAsciiDigit(name[0])).ToList();
        var explains = Explains().IsMatch(claim) && !Concept.Depends.IsIn(claim); // Who says both says it in the evidence's own order.
        return (bound.Count < 2 || InOrder(bound, explains)) && (versions.Count < 2 || ClaimFigures.HasWay(claim) || InOrder(versions, explains: false))
            && versions.TrueForAll(version => BelongsTo(version)) ? null : StrikeReason.Contradicts;

        bool InOrder(List<string> names, bool explains)
        {
            var holding = cited.Where(one => names.Count(name => Place(one.Text, name) >= 0) >= 2).ToList();
            return holding.Count == 0 || holding.Exists(one =>
            {
                var places = names.Where(name => Place(one.Text, name) >= 0).OrderBy(name => Place(claim, name)).Select(name => Place(one.Text, name)).ToList();

                // "A depends on B, whose trouble explains …": B explains A.
                return explains && Whose().IsMatch(one.Text) ? places.SequenceEqual(places.OrderDescending()) : places.SequenceEqual(places.Order());
            });
        }

        // "checkout 5.12.0" isn't held by "payments 5.12.0 deployed".
        bool BelongsTo(string version) => bound.TrueForAll(entity => !Holds(claim, $"{entity} {version}")
            || cited.Exists(one => Holds(one.Text, version) && (one.Component == entity || Holds(one.Text, $"{entity} {version}"))));
    }

    /// <summary>Whether the sentence has something of what it cites, and says something: a component alone, or a figure alone, is neither.</summary>
    private static StrikeReason? Anchor(string claim, Held said, List<Citable> cited)
    {
        var anchored = said.Names.Count > 0 || cited.Exists(one => (one.Component.Length > 0 && Holds(claim, one.Component)) || Shared(claim, one.Text) >= 2);
        var tells = said.Names.Count + said.Figures.Count + said.Times.Count > 0 || ClaimWords.Tells(claim) || cited.Exists(one => Shared(claim, one.Text) >= 3);
        return anchored && tells ? null : StrikeReason.Unrelated;
    }

    /// <summary>Words of four letters or more that both have.</summary>
    internal static int Shared(string claim, string text)
        => LongWord().Matches(claim).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count(word => Holds(text, word));

    /// <summary>Whether a name stands in a text as a word of its own; Korean particles may follow it.</summary>
    internal static bool Holds(string text, string name) => Place(text, name) >= 0;

    private static int Place(string text, string name)
    {
        for (var at = name.Length == 0 ? -1 : text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsNamePart(text[at - 1])) && (end == text.Length || !IsNamePart(text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

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

    [GeneratedRegex(@"(?<!(is|are|be) )\b(explains?|accounts? for)\b(?!ed)|설명(합|하|해|한)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Explains();

    [GeneratedRegex(@"\bwhose trouble explains\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Whose();

    [GeneratedRegex(@"[\p{L}]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongWord();
}
