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
    private readonly Dictionary<(string Left, string Text, string? Subject), bool> heldOn = [];

    private enum Joint
    {
        And = 0,
        Before,
        After,
        Together,
    }

    public bool Hold(string text)
    {
        if (Joints().Count(text) > MostJoints)
        {
            return false;
        }

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

        return Hold(text, null);
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
        Clause before = new(left, entities, subject);
        if (!before.IsOwn)
        {
            return false; // "seats and portal log the same": of both, or of neither.
        }

        var speaks = before.Speaks;
        return Holding(left, subject).Exists(one => joint is Joint.And ? HoldsOn(one, right, speaks)
            : Beginnings(right).Any(part => Holding(part.Text, speaks).Exists(other => InTime(one, other) && (part.After.Length == 0 || HoldsOn(other, part.After, speaks)))));

        // What is joined by time is held by two pieces whose times are so; what follows is a matter of its own.
        bool InTime(Piece one, Piece other) => joint switch
        {
            Joint.Before => other.Since(one) > TimeSpan.Zero,
            Joint.After => one.Since(other) > TimeSpan.Zero,
            _ => one.Since(other)?.Duration() <= SameTime,
        };
    }

    // What tells nothing of its own goes on about the same thing; "… later" is held by the times.
    private bool HoldsOn(Piece left, string right, string? subject)
    {
        if (!heldOn.TryGetValue((left.Id, right, subject), out var known))
        {
            heldOn[(left.Id, right, subject)] = known = IsHeldOn(left, right, subject);
        }

        return known;
    }

    private bool IsHeldOn(Piece left, string right, string? subject)
        => (new Clause(right, entities, subject).IsOwn && (Hold(right, subject) || (Later().IsMatch(right) && LaterHolds(left, right, subject))))
            || Beginnings(right).Any(part => new Clause(part.Text, entities, subject) is { IsOwn: false } rest && ClauseCheck.Judge(rest, left, scope) is null
                && (part.After.Length == 0 || HoldsOn(left, part.After, subject)));

    /// <summary>The whole of it, and each part with which it may begin.</summary>
    private static IEnumerable<(string Text, string After)> Beginnings(string text)
        => Joints().Matches(text).Where(next => JointOf(next.Value) is Joint.And).Select(next => (text[..next.Index], text[(next.Index + next.Length)..])).Prepend((text, ""));

    private bool LaterHolds(Piece left, string right, string? subject)
        => pieces.Any(piece => piece.Since(left) > TimeSpan.Zero && ClauseCheck.Judge(new Clause(right, entities, subject), piece, scope, timesAreHeld: true) is null);

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
