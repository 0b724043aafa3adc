using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether a clause's numbers and times are those of a piece of evidence, and mean what they mean there.</summary>
internal static partial class ClaimFigures
{
    private static readonly Concept Cause = Vocabulary.Of("cause");
    private static readonly Concept Latency = Vocabulary.Of("latency");
    private static readonly Concept[] Signals = [.. new[] { "errors", "latency", "processor", "memory", "connections", "throttling" }.Select(Vocabulary.Of)];

    /// <param name="isTest">Whether it says what would disprove: figures of before and of now may then come at any time.</param>
    public static StrikeReason? Judge(Clause clause, Piece piece, bool isTest)
    {
        var said = clause.Said;
        var figures = said.Figures.All(figure => piece.Held.Figures.Exists(figure.IsHeldBy) && (isTest || (IsOfItsTime(figure, clause.Text, piece) && IsOfItsKind(figure, clause, piece))));
        var times = said.Times.All(time => piece.Held.Times.Exists(one => one == time || one.StartsWith(time + ":", StringComparison.Ordinal)));
        var words = NumberWords.In(clause.Text).All(number => piece.Held.Figures.Exists(figure => figure.Is(number)) || NumberWords.In(piece.Text).Contains(number) || number == clause.Named.Count);
        return figures && times && words && (isTest || IsOfItsMoment(clause, piece)) && Belongs(clause, piece) && IsOfItsSignal(clause, piece) && Ways(clause.Text, piece) && !Differences(clause.Text, piece) ? null : StrikeReason.UnheldNumber;
    }

    /// <summary>Whether the sentence tells of a way from one value to another, versions included.</summary>
    public static bool HasWay(string claim) => FromTo().IsMatch(claim);

    public static IEnumerable<(string From, string To)> WaysIn(string text) => FromTo().Matches(text).Concat(Was().Matches(text)).Select(Ends);

    /// <summary>Where the figures stand from which a way begins.</summary>
    public static IEnumerable<Capture> Beginnings(string text) => FromTo().Matches(text).Select(match => match.Groups["from"]);

    // "0.98" of a hypothesis is a confidence, "98.9 %" of what a trouble explains a share of that, "2.58 min" before something no length.
    private static bool IsOfItsKind(Figure figure, Clause clause, Piece piece)
    {
        var held = piece.Held.Figures.Where(figure.IsHeldBy).ToList();
        bool Only(Regex context) => held.Count > 0 && held.TrueForAll(one => context.IsMatch(piece.Body[..one.At] + "\u0001" + piece.Body[one.At..]));
        var after = clause.Text[figure.End..];
        return (!piece.Id.StartsWith('H') || Vocabulary.Of("confidence").IsIn(clause.Words))
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
        return MomentOfIncident().Matches(clause.Text).All(match => match.Groups["time"].Value == (match.Groups["alarm"].Success ? alarmed : began));
    }

    // A figure of one component told of another.
    private static bool Belongs(Clause clause, Piece piece)
        => clause.Said.Figures.Count == 0 || piece.Component.Length == 0 || clause.Named.Count == 0 || clause.Named.Contains(piece.Component);

    // "Errors rose to 250 ms": a metric's figures and its end are told of what it measures.
    private static bool IsOfItsSignal(Clause clause, Piece piece)
    {
        var spoken = Signals.Where(signal => signal.IsIn(clause.Words) || clause.Said.Names.Exists(name => signal.IsIn(Names.Spelt(name)))).ToList();
        if (Takes().IsMatch(clause.Words) && !spoken.Contains(Latency))
        {
            spoken.Add(Latency);
        }

        var measured = Signals.Where(signal => signal.IsIn(piece.Spelt)).ToList();
        if (clause.Said.Figures.Count == 0 && !Stopped().IsMatch(clause.Text))
        {
            return true;
        }

        return (spoken.Count != 1 || measured.Count == 0 || measured.Contains(spoken[0]))
            && (piece.Kind is not EvidenceKind.Metric || spoken.Count > 0 || clause.Subject is not null || clause.Said.Names.Exists(name => Names.Holds(piece.Text, name)) || Vocabulary.Of("missing").IsIn(clause.Words.Replace("stopped", "", StringComparison.Ordinal))
                || (measured.Count == 0 && (!Stopped().IsMatch(clause.Text) || Vocabulary.Stems(clause.Words).Overlaps(piece.NameStems))))
            && (piece.Kind is not EvidenceKind.Trace || piece.NameStems.Count == 0 || Vocabulary.Stems(clause.Text).Overlaps(piece.NameStems));
    }

    // A figure of the time before is told as such, and one of now isn't.
    private static bool IsOfItsTime(Figure figure, string text, Piece piece)
    {
        var before = piece.Before.Any(figure.IsHeldBy);
        var now = piece.Held.Figures.Where(figure.IsHeldBy).Any(one => !piece.Before.Contains(one));
        if (piece.Before.Count == 0 || before == now)
        {
            return true;
        }

        var told = FromBefore().IsMatch(text[..figure.At]) || BeforeAfterIt().IsMatch(text[figure.End..]);
        return told == before;
    }

    // "From 204 to 0" isn't held by "from 0 to 204".
    private static bool Ways(string claim, Piece piece)
        => FromTo().Matches(claim).Select(Ends).All(way => piece.Ways.Any(one => IsEnd(way.From, one.From) && IsEnd(way.To, one.To)));

    // "Rose by 100 %" is worked out, unless the evidence says so itself; deviations are counted that way.
    private static bool Differences(string claim, Piece piece)
        => By().Matches(claim).Concat(More().Matches(claim)).Any(match => !piece.Text.Contains(match.Value, StringComparison.OrdinalIgnoreCase) && !match.Groups["deviations"].Success);

    private static (string From, string To) Ends(Match match) => (match.Groups["from"].Value.TrimEnd('.', ','), match.Groups["to"].Value.TrimEnd('.', ','));

    // A version is compared letter by letter, a figure as one.
    private static bool IsEnd(string claimed, string seen) => claimed == seen
        || (Held.In(claimed) is { Figures: [var one], Names.Count: 0 } && Held.In(seen) is { Figures: [var other], Names.Count: 0 } && one.IsHeldBy(other));

    // "from 208 ms to 250 ms", "208 ms에서 250 ms로", "2 -> 0".
    [GeneratedRegex(
        @"\bfrom (?<from>\d[\d.,]*( ?%| ?(?:ms|s|µs|min|h|B|kB|MB|GB|TB)\b)?)[^\d.]*? to (?<to>\d[\d.,]*( ?%| ?(?:ms|s|µs|min|h|B|kB|MB|GB|TB)\b)?)"
        + @"|(?<![\w.:])(?<from>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|kB|MB|GB|TB|초|분|밀리초))?)[^\d.:]{0,12}에서 (?<to>\d[\d.,]*( ?(?:ms|s|µs|min|h|%|kB|MB|GB|TB|초|분|밀리초))?)"
        + @"|(?<from>\d[\d.,]*) ?(?:->|→) ?(?<to>\d[\d.,]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FromTo();

    // "payments 5.12.0 deployed (was 5.11.3)".
    [GeneratedRegex(@"(?<to>\d[\w.]*) deployed \(was (?<from>\d[\w.]*)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Was();

    [GeneratedRegex(@"(\bfrom|\bagainst|\bcompared (with|to)|\binstead of|\bpreviously|\bbefore,?|\bearlier,?|\(was|이전에는?|기존|종전)( (about|only|it was|none of))*\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FromBefore();

    [GeneratedRegex(@"\A( of \d[\d,]*)?[^\d.,;]{0,30}?\b(before(?=\s*([).,;]|$|and\b|but\b))|earlier\b|previously\b|formerly\b)|\A[^\d.,;]{0,8}에서", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BeforeAfterIt();

    [GeneratedRegex(@"\bby (about |only )?\d[\d,.]*( ?%)?(?<deviations> (robust )?deviations)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex By();

    [GeneratedRegex(@"explains \u0001", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Explained();

    [GeneratedRegex(@"\u0001\d[\d,.]* ?(µs|ms|s|min|h|d) (before|after) \w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex(@"\A[^\d.,;]{0,12}\b(before|after|earlier|later|ahead)\b|\A\s?\S{0,3}\s?(전|뒤|후|늦|앞|먼저)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GapTold();

    [GeneratedRegex(@"% of \u0001", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Base();

    [GeneratedRegex(@"(?<!\b(before|after|as|until|since|than) ((the|this|its own) )?)\b(incident|outage|it) (began|begins|started|starts)\b|사건[은이]? .*시작", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex IncidentBegan();

    [GeneratedRegex(@"Alarmed (?<time>\d\d:\d\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Alarmed();

    [GeneratedRegex(@"Began (?<time>\d\d:\d\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Began();

    // The nearest word before a time, or after it in Korean, says which.
    [GeneratedRegex(@"((?<alarm>alarm\w*|fire[sd]?|came|went off|경보|알람|울)|(?<began>beg[aiu]n\w*|start\w*|onset|시작))((?!alarm|fire|began|begin|start|onset|경보|알람|울|시작).)*?(?<time>\d\d:\d\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MomentOfIncident();

    [GeneratedRegex(@"\b(takes?|took)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Takes();

    // "694 ms longer", "204 more".
    [GeneratedRegex(@"\d[\d,.]*( ?[%a-zA-Zµ]+)? (?<deviations>(?!))?(longer|more|higher|fewer|less|lower|slower|faster)\b|\d[\d,.]*\s?(개|건|회|번)?(가|이|만큼|나|이나)?\s(늘|증가|줄|감소)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex More();

    [GeneratedRegex(@"\b(stop(s|ped)|ceased|missing)\b|멈추|멈췄|중단|누락", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Stopped();
}
