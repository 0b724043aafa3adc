using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether a figure that a piece of evidence has means in a clause what it means there: of which signal, when, of what.</summary>
internal static partial class FigureMeaning
{
    private static readonly Concept Cause = Vocabulary.Of("cause");
    private static readonly Concept Confidence = Vocabulary.Of("confidence");
    private static readonly Concept Missing = Vocabulary.Of("missing");
    private static readonly Concept Latency = Vocabulary.Of("latency");
    private static readonly Concept[] Signals = [.. new[] { "errors", "latency", "processor", "memory", "connections", "throttling" }.Select(Vocabulary.Of)];

    /// <summary>Of its time, its kind and its moment.</summary>
    public static bool IsOfItsOwn(Clause clause, Piece piece)
        => clause.Said.Figures.TrueForAll(figure => IsOfItsTime(figure, clause.Text, piece) && IsOfItsKind(figure, clause, piece)) && IsOfItsMoment(clause, piece);

    /// <summary>"Errors rose to 250 ms" isn't: a metric's figures, and its end, are told of what it measures; an operation's of that operation.</summary>
    public static bool IsOfItsSignal(Clause clause, Piece piece)
    {
        if (clause.Said.Figures.Count == 0 && !Stopped().IsMatch(clause.Text))
        {
            return true;
        }

        var spoken = Signals.Where(signal => signal.IsIn(clause.Words) || clause.Said.Names.Exists(name => signal.IsIn(Names.Spelt(name)))).ToHashSet();
        if (Takes().IsMatch(clause.Words))
        {
            spoken.Add(Latency);
        }

        var measured = Signals.Where(piece.Means).ToList();
        return (spoken.Count != 1 || measured.Count == 0 || measured.Exists(spoken.Contains)) && piece.Kind switch
        {
            EvidenceKind.Metric => spoken.Count > 0 || clause.Subject is not null || IsNamed(clause, piece) || (measured.Count == 0 && !Stopped().IsMatch(clause.Text)),
            EvidenceKind.Trace => piece.NameStems.Count == 0 || Vocabulary.Stems(clause.Text).Overlaps(piece.NameStems),
            _ => true,
        };
    }

    // By its name, by a word of it where it has no signal's, or by the samples that are missing.
    private static bool IsNamed(Clause clause, Piece piece)
        => clause.Said.Names.Exists(name => Names.Holds(piece.Text, name)) || Missing.IsIn(clause.Words.Replace("stopped", "", StringComparison.Ordinal))
            || (!Signals.Any(piece.Means) && Vocabulary.Stems(clause.Words).Overlaps(piece.NameStems));

    // A figure of the time before is told as such, and one of now isn't.
    private static bool IsOfItsTime(Figure figure, string text, Piece piece)
    {
        var before = piece.Before.Any(figure.IsHeldBy);
        var now = piece.Held.Figures.Where(figure.IsHeldBy).Any(one => !piece.Before.Contains(one));
        if (piece.Before.Count == 0 || before == now)
        {
            return true;
        }

        var told = BeforeAfterIt().IsMatch(text[figure.End..]) || (FromBefore().IsMatch(text[..figure.At]) && !NowAfterIt().IsMatch(text[figure.End..]));
        return told == before;
    }

    // "0.98" of a hypothesis is a confidence, "98.9 %" of what a trouble explains a share of that, "2.58 min" before something no length.
    private static bool IsOfItsKind(Figure figure, Clause clause, Piece piece)
    {
        var held = piece.Held.Figures.Where(figure.IsHeldBy).ToList();
        bool Only(Regex context) => held.TrueForAll(one => context.IsMatch(piece.Body, one.At));
        var after = clause.Text[figure.End..];
        return (!piece.Id.StartsWith('H') || Confidence.IsIn(clause.Words))
            && (!Only(Explained()) || Cause.IsIn(clause.Words))
            && (!Only(Gap()) || GapTold().IsMatch(after))
            && (!Only(Base()) || clause.Text[..figure.At].TrimEnd().EndsWith(" of", StringComparison.Ordinal) || after.Contains('중', StringComparison.Ordinal));
    }

    // The incident has two times: when it began, and when it was alarmed. No other piece has the first.
    private static bool IsOfItsMoment(Clause clause, Piece piece)
    {
        if (piece.Id != "I")
        {
            return piece.Id.StartsWith('H') || clause.Said.Times.Count == 0 || !IncidentBegan().IsMatch(clause.Text);
        }

        var (alarmed, began) = (Alarmed().Match(piece.Body).Groups["time"].Value, Began().Match(piece.Body).Groups["time"].Value);
        return MomentOfIncident().Matches(clause.Text).All(match => match.Groups["time"].Value.PadLeft(5, '0') == (match.Groups["alarm"].Success ? alarmed : began));
    }

    [GeneratedRegex(@"(\bfrom|\bagainst|\bcompared (with|to)|\binstead of|\bpreviously|\bbefore,?|\bearlier,?|\(was|이전에는?|기존|종전)( (about|only|it was|none of))*\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FromBefore();

    // "12 calls before, 0 now".
    [GeneratedRegex(@"\A[^\d.,;]{0,12}\bnow\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NowAfterIt();

    [GeneratedRegex(@"\A( of \d[\d,]*)?[^\d.,;]{0,30}?\b(before(?=\s*([).,;]|$|and\b|but\b))|earlier\b|previously\b|formerly\b)|\A[^\d.,;]{0,8}에서", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BeforeAfterIt();

    [GeneratedRegex(@"(?<=explains )\G", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Explained();

    [GeneratedRegex(@"\G\d[\d,.]* ?(µs|ms|s|min|h|d) (before|after) \w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex(@"\A[^\d.,;]{0,12}\b(before|after|earlier|later|ahead)\b|\A\s?\S{0,3}\s?(전|뒤|후|늦|앞|먼저)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GapTold();

    [GeneratedRegex(@"(?<=% of )\G", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Base();

    [GeneratedRegex(@"(?<!\b(before|after|as|until|since|than) ((the|this|its own) )?)\b(incident|outage|it) (began|begins|started|starts)\b|사건[은이]? .*시작", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex IncidentBegan();

    [GeneratedRegex(@"Alarmed (?<time>\d\d:\d\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Alarmed();

    [GeneratedRegex(@"Began (?<time>\d\d:\d\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Began();

    // The nearest word before a time, or after it in Korean, says which.
    [GeneratedRegex(@"((?<alarm>alarm\w*|fire[sd]?|came|went off|경보|알람|울)|(?<began>beg[aiu]n\w*|start\w*|onset|시작))((?!alarm|fire|began|begin|start|onset|경보|알람|울|시작).)*?(?<time>\d?\d:\d\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MomentOfIncident();

    [GeneratedRegex(@"\b(takes?|took)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Takes();

    [GeneratedRegex(@"\b(stop(s|ped)|ceased|missing)\b|멈추|멈췄|중단|누락", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Stopped();
}
