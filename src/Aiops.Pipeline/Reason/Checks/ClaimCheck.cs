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
/// Holds one sentence against the evidence that it cites. It stands where one piece holds it, or where each of its parts is held by
/// one piece and the pieces' times hold what joins them. A piece holds a part whose every word, name, figure and time it has, or
/// means (<c>Words/vocabulary.yaml</c>), in its own order. What else a sentence means isn't understood, and docs/model.md says so.
/// </summary>
internal sealed class ClaimCheck(IReadOnlyDictionary<string, Citable> citables, IReadOnlySet<string> entities)
{
    /// <summary>The longest sentence, in characters.</summary>
    public const int LongestClaim = 320;

    public const int MostCited = 8;

    private readonly Dictionary<string, Piece> pieces = new(StringComparer.Ordinal);

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

        // What the analysis says of its own test may be said again.
        List<Piece> cited = [.. claim.Evidence.Distinct(StringComparer.Ordinal)
            .Select(id => scope.IsTest ? new Piece(citables[id], $"\n{scope.OwnTest}") : PieceOf(id))];
        try
        {
            return Signs(claim.Text, cited) ?? Held(claim.Text.Trim(), cited, scope) ?? Told(claim.Text, cited) ?? Anchor(claim.Text, cited);
        }
        catch (RegexMatchTimeoutException)
        {
            return StrikeReason.BeyondLimits; // This sentence alone.
        }
    }

    private Piece PieceOf(string id)
    {
        if (!pieces.TryGetValue(id, out var piece))
        {
            pieces[id] = piece = new Piece(citables[id]);
        }

        return piece;
    }

    private StrikeReason? Held(string text, List<Piece> cited, ClaimScope scope)
    {
        Clause whole = new(text, entities, null);
        var reasons = cited.ConvertAll(piece => ClauseCheck.Judge(whole, piece, scope));
        return reasons.Contains(null) || (cited.Count > 1 && new Parts(cited, entities, scope).Hold(text)) ? null
            : cited.Count == 1 ? reasons[0] : StrikeReason.Mixed;
    }

    /// <summary>
    /// A sentence needs no link and no mark-up, and no sign that a reader doesn't see or takes for another: a letter of a script that
    /// isn't in the evidence, a digit that isn't ASCII, what has no width.
    /// </summary>
    private static StrikeReason? Signs(string claim, List<Piece> cited)
    {
        var strange = claim.Any(c => c is '<' or '>' or '`' or '$' || IsUnseen(c)
            || (!IsUsual(c) && !cited.Exists(piece => piece.Text.Contains(c, StringComparison.Ordinal))));
        return strange || claim.Contains("://", StringComparison.Ordinal) || claim.Contains("](", StringComparison.Ordinal) ? StrikeReason.UnheldName : null;
    }

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Superscripts, per mille, arrows and ticks say something, and are no words that could be looked at.
    private static bool IsUsual(char c)
        => char.IsLetter(c) ? IsUsualLetter(c) : char.IsAsciiDigit(c) || c is ' ' or '“' or '”' or '‘' or '’' or '…' or '–' or '—' or '→'
            || (char.IsAscii(c) && c is not ('{' or '}'));

    // Latin with its accents, Hangul.
    private static bool IsUsualLetter(char c)
        => c is < '\u0250' or (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F') or (>= '\uAC00' and <= '\uD7A3');

    // What was so in an earlier incident is told of that one, by its name.
    private static StrikeReason? Told(string claim, List<Piece> cited)
        => cited.TrueForAll(piece => piece.Kind is not EvidenceKind.PastIncident
                || (piece.PastIncident is { } id ? Names.Holds(claim, id) : Names.Shared(claim, piece.Text) >= 3))
            ? null : StrikeReason.Unrelated;

    /// <summary>Whether the sentence has something of what it cites, and says something: a component alone, or a figure alone, is neither.</summary>
    private static StrikeReason? Anchor(string claim, List<Piece> cited)
    {
        var said = Checks.Held.In(claim);
        var anchored = said.Names.Count > 0 || cited.Exists(one => (one.Id == "I" && said.Figures.Count > 0)
            || (one.Component.Length > 0 && Names.Holds(claim, one.Component)) || Names.Shared(claim, one.Text) >= 2);
        var tells = said.Names.Count + said.Figures.Count + said.Times.Count > 0 || ClauseWords.Tells(claim)
            || cited.Exists(one => Names.Shared(claim, one.Text) >= 3);
        return anchored && tells ? null : StrikeReason.Unrelated;
    }
}
