using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>
/// Whether a sentence about several pieces of evidence is held by them part by part: each part by one piece, and what joins them by
/// the times of both. What no single piece holds is nobody's: two figures of two pieces make no third.
/// </summary>
internal sealed partial class Parts(IReadOnlyList<Piece> pieces, IReadOnlySet<string> entities, ClaimScope scope)
{
    /// <summary>What may begin so near to each other that "when" is no lie.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(2);

    // A sentence of more parts than these is a list of things, and would take long to try.
    private const int MostJoints = 8;

    // The same part is asked about once for every way to part what is around it.
    private readonly Dictionary<(string Text, string? Subject), bool> held = [];
    private readonly Dictionary<(string Text, string? Subject), List<Piece>> holding = [];

    private enum Joint
    {
        And = 0,
        Before,
        After,
        Together,
    }

    public bool Hold(string text)
    {
        if (Leading().Match(text) is { Success: true } leading)
        {
            var word = leading.Groups["word"].Value;
            var joint = After().IsMatch(word) ? Joint.Before : Before().IsMatch(word) ? Joint.After : Joint.Together; // "After A, B": A before B.
            var rest = text[leading.Length..];
            if (Commas(rest).Any(comma => IsHeld(rest[..comma], rest[(comma + 1)..], joint, null)))
            {
                return true;
            }
        }

        return Joints().Count(text) <= MostJoints && Hold(text, null);
    }

    private bool Hold(string text, string? subject)
    {
        if (!held.TryGetValue((text, subject), out var known))
        {
            held[(text, subject)] = known = IsHeld(text, subject);
        }

        return known;
    }

    private bool IsHeld(string text, string? subject)
        => Holding(text, subject).Count > 0 || Joints().Matches(text).Any(joint
            => IsHeld(text[..joint.Index], text[(joint.Index + joint.Length)..], JointOf(joint.Value), subject));

    private bool IsHeld(string left, string right, Joint joint, string? subject)
    {
        var speaks = new Clause(left, entities, subject).Speaks;
        if (joint is Joint.And)
        {
            return Holding(left, subject).Exists(one => HoldsOn(one, right, speaks));
        }

        // What is joined by time is held by two pieces whose times are so; what follows is a matter of its own.
        return Holding(left, subject).Exists(one => (Holding(right, speaks).Exists(other => InTime(one, other)))
            || Joints().Matches(right).Any(next => JointOf(next.Value) is Joint.And && Holding(right[..next.Index], speaks).Exists(other => InTime(one, other)) && Hold(right[(next.Index + next.Length)..], speaks)));

        bool InTime(Piece one, Piece other) => joint switch
        {
            Joint.Before => one.Moment < other.Moment,
            Joint.After => one.Moment > other.Moment,
            _ => one.Moment is { } a && other.Moment is { } b && (a - b).Duration() <= SameTime,
        };
    }

    // What names nobody and gives no figure goes on about the same thing; "… later" is held by the times.
    private bool HoldsOn(Piece left, string right, string? subject)
    {
        var end = Joints().Match(right) is { Success: true } next ? next.Index : right.Length;
        Clause clause = new(right[..end], entities, subject);
        return clause.Named.Count + clause.Said.Figures.Count + clause.Said.Times.Count > 0 ? Hold(right, subject) || (Later().IsMatch(right) && LaterHolds(left, right, subject))
            : ClauseCheck.Judge(clause, left, scope) is null && (end == right.Length || Hold(right[end..].TrimStart(',', ' ', ';', ':'), subject));
    }

    private bool LaterHolds(Piece left, string right, string? subject)
        => pieces.Any(piece => left.Moment < piece.Moment && ClauseCheck.Judge(new Clause(right, entities, subject), piece, scope, timesAreHeld: true) is null);

    /// <summary>The pieces of which each alone holds it.</summary>
    private List<Piece> Holding(string text, string? subject)
    {
        if (!holding.TryGetValue((text, subject), out var known))
        {
            Clause clause = new(text, entities, subject);
            holding[(text, subject)] = known = [.. pieces.Where(piece => ClauseCheck.Judge(clause, piece, scope) is null)];
        }

        return known;
    }

    private static IEnumerable<int> Commas(string text) => text.Index().Where(one => one.Item == ',').Select(one => one.Index);

    private static Joint JointOf(string word)
        => After().IsMatch(word) ? Joint.After : Before().IsMatch(word) ? Joint.Before : Together().IsMatch(word) ? Joint.Together : KoreanThen().IsMatch(word) ? Joint.Before : Joint.And;

    [GeneratedRegex(@"\A(?<word>after|once|following|before|when|while|as)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Leading();

    // Where a sentence may be parted: what is lost is the joint alone.
    [GeneratedRegex(
        @"[,;:]?\s+(and then|and|but|while|whereas|although|though|which|whose|when|as|shortly after|after|shortly before|before|ahead of|followed by|later than|earlier than)\s+|[,;:]\s+(then\s+)?|\s+[–—-]\s+|\s?\((?=\w)|\)\s?"
        + @"|(?<=[가-힣](고|며|지만|면서|는데|으나))\s*,?\s+|(?<=[가-힣])\s(뒤|후)(에)?,?\s+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Joints();

    [GeneratedRegex(@"\b(after|once|following|later than)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex After();

    [GeneratedRegex(@"\b(before|ahead of|followed by|earlier than|then)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Before();

    [GeneratedRegex(@"\b(when|as)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Together();

    [GeneratedRegex(@"\b(later|followed|afterwards)\b|뒤인|나중", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Later();

    // "A한 뒤 B": A before B.
    [GeneratedRegex(@"뒤|후", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KoreanThen();
}
