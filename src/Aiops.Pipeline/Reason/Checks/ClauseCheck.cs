using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Holds one clause against one piece of evidence: its figures, its names and their order, and each of its words.</summary>
internal static partial class ClauseCheck
{
    /// <summary>Null where the piece holds it.</summary>
    /// <param name="timesAreHeld">Whether "before" and "after" were found to be so by the times of two pieces.</param>
    public static StrikeReason? Judge(Clause clause, Piece piece, ClaimScope scope, bool timesAreHeld = false)
        => Speaks(clause, piece)
            ?? ClauseFigures.Judge(clause, piece, scope.IsTest)
            ?? Known(clause, piece)
            ?? ClauseWords.Judge(clause, piece, scope, timesAreHeld)
            ?? (scope.IsTest ? null : Order(clause, piece));

    // "… and its errors rose": of whom the part before it spoke.
    private static StrikeReason? Speaks(Clause clause, Piece piece)
        => clause.Subject is null || (clause.Named.Count > 0 && !GoesOn().IsMatch(clause.Text)) || piece.Component.Length == 0 || piece.Component == clause.Subject || Names.Holds(piece.Text, clause.Subject)
            ? null : StrikeReason.UnheldName;

    private static StrikeReason? Known(Clause clause, Piece piece)
    {
        // A part of a name will do: "5XX" of HTTPCode_Target_5XX_Count.
        if (!clause.Said.Names.TrueForAll(name => Names.Holds(piece.Text, name) || Names.Holds(piece.Spelt, name) || IsWords(name, clause, piece)))
        {
            return StrikeReason.UnheldName;
        }

        // "ERROR" is a level and "GET" a method, where "error" and "get" are words.
        var shouted = Shouted().Matches(clause.Words).All(match => Names.Place(piece.Spelt, match.Value, StringComparison.Ordinal) >= 0);
        var called = CalledThing().Matches(clause.Text).Select(match => match.Groups["name"].Value).Where(name => !OrdinaryWords.Contains(name.ToLowerInvariant()));
        return shouted && clause.Named.Concat(called).All(name => Names.Holds(piece.Text, name)) ? null : StrikeReason.UnheldName;
    }

    // "on-demand", "non-zero": no name but words, and each is looked at.
    private static bool IsWords(string name, Clause clause, Piece piece)
        => !name.Any(c => char.IsDigit(c) || c is '.' or '/' or '_' or ':' or '@') && !clause.Entities.Any(entity => name.Contains(entity, StringComparison.OrdinalIgnoreCase))
            && !Vocabulary.Strange(name.Replace('-', ' '), isTest: false, piece.HasStem).Any();

    /// <summary>
    /// "payments depends on checkout" isn't held by "checkout depends on payments": components, and versions, come in the order of the
    /// evidence. Most of the passive is struck out with it; better that than the reverse of the truth.
    /// </summary>
    private static StrikeReason? Order(Clause clause, Piece piece)
    {
        var versions = clause.Said.Names.Where(name => char.IsAsciiDigit(name[0])).ToList();
        var explains = Explains().IsMatch(clause.Text) && !SaysBoth().IsMatch(clause.Text);
        return (!explains || Explainer() is not { } explainer || clause.Speaks is null || clause.Speaks == explainer)
            && (clause.Named.Count < 2 || InOrder([.. clause.Named], explains))
            && (versions.Count < 2 || ClauseFigures.HasWay(clause.Text) || Replaces() || InOrder(versions, explains: false))
            && versions.TrueForAll(BelongsTo) && !versions.Exists(IsFormer)
            && Agents().Matches(clause.Text).All(match => IsAgent(match.Groups["name"].Value)) ? null : StrikeReason.Contradicts;

        bool InOrder(List<string> names, bool explains)
        {
            var places = names.Select(name => Names.Place(piece.Body, name)).ToList();

            if (names.Count == 2 && Afterwards().IsMatch(clause.Text) && piece.Body.Contains(" after ", StringComparison.Ordinal))
            {
                return places[0] > places[1]; // "A한 지 3분 뒤에 B": B after A.
            }

            return explains && Whose().IsMatch(piece.Body) ? places[0] == places.Max() : places.SequenceEqual(places.Order());
        }

        // "A depends on B, whose trouble explains …": B explains A. "A calls B, and its trouble explains …": A does.
        string? Explainer()
        {
            var told = clause.Entities.Where(entity => Names.Holds(piece.Body, entity)).OrderBy(entity => Names.Place(piece.Body, entity)).ToList();
            return told.Count < 2 ? null : Whose().IsMatch(piece.Body) ? told[^1] : told[0];
        }

        bool Replaces() => Replaced().Match(clause.Text) is { Success: true } match
            && piece.Ways.Any(way => way.To == match.Groups["to"].Value && way.From == match.Groups["from"].Value);

        // "checkout 5.12.0" isn't held by "payments 5.12.0 deployed".
        bool BelongsTo(string version) => clause.Named.All(entity => !Names.Holds(clause.Text, $"{entity} {version}")
            || (Names.Holds(piece.Body, version) && (piece.Component == entity || Names.Holds(piece.Body, $"{entity} {version}"))));

        // "5.11.3 deployed" isn't held by "5.12.0 deployed (was 5.11.3)".
        bool IsFormer(string version) => versions.Count == 1 && piece.Ways.Any(way => way.From == version && way.To != version)
            && !Former().IsMatch(clause.Text[..(Names.Place(clause.Text, version) + version.Length)]);

        // "Lowered by carts" isn't held by "carts lowered by stack shop-data".
        bool IsAgent(string name) => !Names.Holds(piece.Body, name)
            || Agents().Matches(piece.Body).Select(match => match.Groups["name"].Value).ToList() is not { Count: > 0 } told || told.Contains(name);
    }

    private static readonly HashSet<string> OrdinaryWords = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "this", "that", "each", "every", "its", "their", "calling", "called", "upstream", "downstream", "dependent", "other", "same", "affected", "one",
        "which", "any", "all", "no", "another", "of", "and", "or", "in", "to", "by", "whole", "first", "alarming", "failing", "slow", "new", "own", "faulty", "suspected", "alb", "lambda", "ecs",
        "is", "was", "for", "on", "from", "with", "as", "at", "load", "aws", "as far as the",
    };

    // ", stopped the logging of inventory": what goes on with a verb goes on about whom it spoke of.
    [GeneratedRegex(@"\A\s*(\w+ed|explains?|accounts?|depends?|relies|because|due|owing|thanks|most likely|rose|fell|made|brought|took|stops|lowers|raises)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex GoesOn();

    [GeneratedRegex(@"(?<!['’])(?<name>[A-Za-z][\w-]*) (service|function|table|queue|cluster|host|pod|node|server|bucket|topic|instance|container|database|component|system|API)s?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CalledThing();

    [GeneratedRegex(@"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shouted();

    [GeneratedRegex(@"(?<!(is|are|be) )\b(explains?|accounts? for)\b(?!ed)|설명(합|하|해|한)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Explains();

    // Who says it so says it in the evidence's own order.
    [GeneratedRegex(@"\b(depends?|rel(y|ies)|comes from)\b|의존", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SaysBoth();

    [GeneratedRegex(@"\b(depends? on|comes from) .*(whose trouble|which) explains\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whose();

    [GeneratedRegex(@"(뒤|후)에", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Afterwards();

    [GeneratedRegex(@"(?<to>\d[\w.]*\w)[^\d]* replac(ed|es|ing) (version )?(?<from>\d[\w.]*\w)|replac(ed|es|ing) (version )?(?<from>\d[\w.]*\w) (with|by) (version )?(?<to>\d[\w.]*\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"\((was|formerly) |\b(from|replac(ed|es|ing) (version )?\d|instead|former\w*|previous\w*|before|earlier)\b|이전|기존", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Former();

    [GeneratedRegex(@"(?<!explained|caused|held|named|called|due) by (the |stack |component )*(?<name>[a-zA-Z][\w-]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Agents();
}
