using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether each word of a clause is held: by the piece that it is held against, or by saying nothing.</summary>
internal static partial class ClauseWords
{
    private static readonly Concept Negation = Vocabulary.Of("not");
    private static readonly Concept Cause = Vocabulary.Of("cause");
    private static readonly Concept Change = Vocabulary.Of("change");
    private static readonly Concept Up = Vocabulary.Of("up");
    private static readonly Concept Culprit = Vocabulary.Of("culprit");
    private static readonly Concept Likely = Vocabulary.Of("likely");
    private static readonly Concept Missing = Vocabulary.Of("missing");
    private static readonly Concept Depends = Vocabulary.Of("depends");
    private static readonly Concept Inability = Vocabulary.Of("could not");

    // A small rise is below half as much again, a sharp one three times as much or more.
    private const double MostSlight = 1.5;
    private const double LeastSharp = 3;

    public static StrikeReason? Judge(Clause clause, Piece piece, ClaimScope scope, bool timesAreHeld)
        => Meanings(clause, piece, scope, timesAreHeld)
            ?? (scope.IsTest ? null : Past(clause, piece) ?? Negated(clause, piece) ?? Blamed(clause, piece, scope) ?? Degree(clause, piece))
            ?? (Vocabulary.Strange(Left(clause), scope.IsTest, piece.HasStem).Any() ? StrikeReason.UnheldWord : null);

    /// <summary>Whether it says anything: what broke, how, why, or where to.</summary>
    public static bool Tells(string text) => Vocabulary.All.Any(one => one.Kind is not ConceptKind.Never and not ConceptKind.Time && one.IsIn(text));

    private static StrikeReason? Meanings(Clause clause, Piece piece, ClaimScope scope, bool timesAreHeld)
    {
        if (!scope.IsTest && Order().Matches(clause.Words.Trim()).Any(match => match.Value.Any(char.IsAsciiLetterLower))) // "PUT /carts" is a method.
        {
            return StrikeReason.ActionOutsidePlaybooks;
        }

        if (!scope.IsTest && Halves(clause, piece))
        {
            return StrikeReason.Contradicts;
        }

        // Whose figures of before those are is looked at already.
        List<(int From, int To)> ofFigures = piece.Before.Count == 0 ? []
            : [.. FiguresBefore().Matches(clause.Words).Select(match => (match.Index, match.Index + match.Length))];

        // A word may stand in two lines: it is held where one of them is.
        // But "was lowered" was somebody's deed, which a figure that fell doesn't hold.
        var held = clause.Meanings.Where(one => Has(piece, one.Concept, clause, scope, timesAreHeld))
            .Select(one => (one.From, one.To, IsDeed: one.Concept.Kind is ConceptKind.Deed)).Concat(ofFigures.Select(span => (span.From, span.To, IsDeed: false))).ToList();
        var unheld = clause.Meanings.Where(one => !held.Exists(span => span.From <= one.From && span.To >= one.To && (span.IsDeed || !IsDone(one))))
            .Select(one => (ConceptKind?)one.Concept.Kind).Min();
        bool IsDone((Concept Concept, int From, int To) one) => one.Concept.Kind is ConceptKind.Deed && !scope.IsTest && Passive().IsMatch(clause.Words[..one.From]);
        return unheld switch
        {
            null => null,
            ConceptKind.Never or ConceptKind.Deed => StrikeReason.ActionOutsidePlaybooks,
            ConceptKind.Thing => StrikeReason.UnheldMechanism,
            ConceptKind.Degree => StrikeReason.Overstated,
            _ => StrikeReason.Contradicts,
        };
    }

    // "Its network or a pool": which of the two, nobody knows. "The change in calls comes from …": the calls don't.
    private static bool Halves(Clause clause, Piece piece)
    {
        var stems = Vocabulary.Stems(clause.Words);
        bool Says(Group half) => stems.Overlaps(Vocabulary.Stems(half.Value));
        return Either().Matches(piece.Body).Any(match => Says(match.Groups["one"]) != Says(match.Groups["other"]))
            || (piece.Body.StartsWith("The change in calls", StringComparison.Ordinal) && clause.Words.Any(char.IsAsciiLetter)
                && !Change.IsIn(clause.Words) && !Up.IsIn(clause.Words));
    }

    private static bool Has(Piece piece, Concept concept, Clause clause, ClaimScope scope, bool timesAreHeld) => concept.Kind switch
    {
        ConceptKind.Never => scope.IsTest && (concept.Name == "maybe" || piece.Means(concept)),
        ConceptKind.Deed => (scope.IsTest || piece.IsObserved || concept.Name == "deploy") && piece.Means(concept),
        ConceptKind.Direction or ConceptKind.Degree when scope.IsTest => true, // What would disprove it says what isn't so.
        ConceptKind.Degree when concept.Name == "all" && clause.Named.Count > 2 => true, // All of those that it names.
        ConceptKind.Degree when concept.Name == "most"
            && clause.Said.Figures.Exists(figure => figure is { Unit.Dimension: "ratio", InBaseUnit: > 0.5 }) => true,
        ConceptKind.Time => scope.IsTest || timesAreHeld || piece.Means(concept),
        _ => piece.Means(concept),
    };

    // What is left once all is taken out that has a rule.
    private static string Left(Clause clause)
    {
        var left = Vocabulary.All.Aggregate(clause.Words, (text, concept) => concept.Without(text));
        left = clause.Named.Concat(clause.Said.Names).Aggregate(left, Names.Without);
        return NumberWords.Without(left);
    }

    // What was so in an earlier incident is told of that one, by its name.
    private static StrikeReason? Past(Clause clause, Piece piece)
        => piece.Kind is EvidenceKind.PastIncident && Present().IsMatch(clause.Text) ? StrikeReason.Unrelated : null;

    // Held where the piece says no, or that something failed; and near its words or figures.
    private static StrikeReason? Negated(Clause clause, Piece piece)
    {
        var words = NoneBefore().Replace(clause.Words, " ");
        if (!Negation.IsIn(words))
        {
            // And what isn't so isn't told as if it were.
            var isOver = piece.Text.Contains(" 0 still firing", StringComparison.Ordinal) && !clause.Said.Figures.Exists(figure => figure.Value == 0);
            return Denies(clause, piece) || (isOver && Firing().IsMatch(clause.Text)) ? StrikeReason.Contradicts : null;
        }

        var known = clause.Entities.Where(entity => Names.Holds(piece.Body, entity));
        if (Depends.IsIn(clause.Words) && !known.All(entity => entity == clause.Subject || clause.Named.Contains(entity)))
        {
            return StrikeReason.Overstated; // Of one it is known, and not of whatever else.
        }

        var denies = Negation.IsIn(NoneBefore().Replace(Inability.Without($"{piece.Text}\n{piece.Spelt}"), " "));
        var inability = !Negation.IsIn(Inability.Without(words)) && Inability.IsIn(words);
        var figures = clause.Said.Figures.Count + clause.Said.Times.Count > 0;
        var isNear = figures || Names.Shared(clause.Text, piece.Spelt) >= 2 || clause.Text.Any(c => c >= '\uAC00');
        return inability || (denies && isNear) ? null : StrikeReason.Contradicts;
    }

    // "isn't called any more", "could not open", "doesn't depend": what was denied is told of by somebody who doesn't say so.
    private static bool Denies(Clause clause, Piece piece)
    {
        if (Inability.IsIn(clause.Words) || Missing.IsIn(clause.Words))
        {
            return false;
        }

        var said = Vocabulary.Stems(clause.Text);
        return Denied().Matches(piece.Body).Any(match => said.Overlaps(Vocabulary.Stems(match.Groups["what"].Value)))
            || (Depends.IsIn(clause.Words) && DependsNot().IsMatch(piece.Text));
    }

    // Why is told by a piece that tells it, and who by what speaks for the cause in question.
    private static StrikeReason? Blamed(Clause clause, Piece piece, ClaimScope scope)
    {
        var mayBlame = scope.Supports.Contains(piece.Id) && clause.Speaks is { } speaks && (speaks == scope.Blamed || Names.Holds(clause.Text, scope.Blamed))
            && (piece.Component.Length == 0 || piece.Component == scope.Blamed || Names.Holds(piece.Text, scope.Blamed));
        var isPast = piece.PastIncident is not null;
        var tells = Cause.IsIn(piece.Text) || isPast || piece.Kind is EvidenceKind.Log || piece.Id.StartsWith('M'); // A line of a log is of one matter.
        var blames = Culprit.IsIn(clause.Words) || (Likely.IsIn(clause.Words) && !Cause.IsIn(clause.Words));
        return (tells || !Cause.IsIn(clause.Words)) && (!blames || isPast || mayBlame) ? null : StrikeReason.UnknownCause;
    }

    // How much is much is for the figures to say.
    private static StrikeReason? Degree(Clause clause, Piece piece)
    {
        var change = piece.Grows is { } grows ? Math.Max(grows, 1 / Math.Max(grows, 1e-9)) : double.NaN;
        return (Vocabulary.Of("sharply").IsIn(clause.Words) && !(change >= LeastSharp))
            || (Vocabulary.Of("slightly").IsIn(clause.Words) && !(change <= MostSlight)) ? StrikeReason.Overstated : null;
    }

    [GeneratedRegex(@"\b(was|were|been|being|got)\s+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Passive();

    [GeneratedRegex(@"\b(none|never|not one|nothing)( was| were)?( seen)? (before|now)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NoneBefore();

    [GeneratedRegex(@"\b(before|earlier|previously)(?=\s*([).,;]|$|and\b|but\b))|(?<=(\A|[,;(] ?)\s*)(before|earlier|previously)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FiguresBefore();

    [GeneratedRegex(@"\b(?<one>network|load) or (a )?(?<other>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Either();

    [GeneratedRegex(@"\b(still|firing|fires?)\b|아직|여전히|울리고", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Firing();

    [GeneratedRegex(@"(n't|\bnot|\bno longer|\bnever|\bunable to) ((the|a|an|be) )?(?<what>[A-Za-z][\w-]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Denied();

    [GeneratedRegex(@"\b(doesn't|does not|don't|do not) depend", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DependsNot();

    [GeneratedRegex(@"\b(this|the present|the current) incident\b|\b(now|again|today|currently)\b|\b(as|like) (in|with|at) |이번|현재|지금|처럼|마찬가지", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Present();

    // "Deploy it again", "…, so restart it".
    [GeneratedRegex(
        @"(\A|[.;:,] ?((so|then|and|please|now) )?)(deploy|restart|reboot|roll|revert|undo|delete|drop|remove|scale|add|increase|raise|lower|stop|disable|mute|move|replace|run|execute|set|give|grant|open|close|tell|call|ask|contact|fix|try|use|go|take|put)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Order();
}
