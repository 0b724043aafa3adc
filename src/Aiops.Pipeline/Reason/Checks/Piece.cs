using System.Globalization;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>One thing that may be cited, with all that its sentence implies: what a clause is held against.</summary>
internal sealed partial class Piece
{
    private readonly HashSet<string> stems;
    private readonly Dictionary<Concept, bool> means = [];
    private readonly DateTimeOffset? onset;
    private readonly TimeSpan? timeOfDay;

    /// <param name="more">Words that may be said of it besides.</param>
    public Piece(Citable citable, string more = "")
    {
        Id = citable.Id;
        Component = citable.Component;
        Kind = citable.Evidence?.Kind;
        PastIncident = PastId().Match(citable.Text) is { Success: true } past && Kind is EvidenceKind.PastIncident ? past.Groups["id"].Value : null;
        IsObserved = citable.Id == "I" || (citable.Evidence is not null && (Kind is not EvidenceKind.PastIncident || PastIncident is not null));
        Body = citable.Text + more;
        Text = $"{citable.Component}\n{Body}";
        Held = Held.In(Body);
        Ways = [.. ClauseFigures.WaysIn(citable.Text)];
        var spans = BeforeFigure().Matches(citable.Text).SelectMany(match => match.Groups["figure"].Captures)
            .Concat(ClauseFigures.Beginnings(citable.Text)).ToList();
        Before = Held.Figures
            .Where(figure => spans.Exists(span => figure.At >= span.Index && figure.At < span.Index + span.Length)).ToHashSet();
        Spelt = Names.Spelt(Text).Replace("no longer", "ceased", StringComparison.OrdinalIgnoreCase) + Implied(citable.Text) + Kind switch { EvidenceKind.PastIncident => " before", EvidenceKind.Change => " changed", _ => "" };
        stems = Vocabulary.Stems(Spelt);
        NameStems = Kind is EvidenceKind.Metric or EvidenceKind.Trace && MeasuredName().Match(citable.Text) is { Success: true } name && Names.Holds(citable.Text, citable.Component)
            ? Vocabulary.Stems(Names.Spelt(name.Value)).Where(stem => stem.Length > 2).ToHashSet(StringComparer.Ordinal) : [];
        onset = citable.Evidence?.Onset;
        timeOfDay = citable.Id == "I" || Kind is EvidenceKind.PastIncident ? null : onset?.UtcDateTime.TimeOfDay ?? FirstTime();
    }

    public string Id { get; }

    public string Component { get; }

    public EvidenceKind? Kind { get; }

    /// <summary>Of which earlier incident it tells; null for what is of this one, and for runbooks.</summary>
    public string? PastIncident { get; }

    /// <summary>Whether it was seen to happen, and isn't what the analysis makes of it, or what a runbook says.</summary>
    public bool IsObserved { get; }

    /// <summary>Its sentence alone, in which names have an order.</summary>
    public string Body { get; }

    /// <summary>Its sentence and its component.</summary>
    public string Text { get; }

    /// <summary>The text, the words in its names, and the words for what its figures say.</summary>
    public string Spelt { get; }

    public Held Held { get; }

    /// <summary>From one value to another.</summary>
    public IReadOnlyList<(string From, string To)> Ways { get; }

    /// <summary>Figures of the time before.</summary>
    public IReadOnlySet<Figure> Before { get; }

    /// <summary>
    /// How long after another it began; null where that isn't known of both. Where only times of day are, half a day may lie between:
    /// 23:58 is before 00:02.
    /// </summary>
    public TimeSpan? Since(Piece other)
    {
        if (timeOfDay is null || other.timeOfDay is null)
        {
            return null;
        }

        if (onset is { } began && other.onset is { } before)
        {
            return began - before;
        }

        var apart = timeOfDay.Value - other.timeOfDay.Value;
        var day = TimeSpan.FromDays(1);
        return apart > day / 2 ? apart - day : apart < -day / 2 ? apart + day : apart;
    }

    /// <summary>The words of the name of the metric, or of the operation, of which it tells; none for other kinds.</summary>
    public IReadOnlySet<string> NameStems { get; }

    public bool Means(Concept concept)
    {
        if (!means.TryGetValue(concept, out var known))
        {
            means[concept] = known = concept.IsIn(Spelt);
        }

        return known;
    }

    public bool HasStem(string stem) => stems.Contains(stem);

    /// <summary>How many times as much the second value of its way is; null where it has no one way.</summary>
    public double? Grows => Ways is [var way] && Held.In(way.From).Figures is [var from] && Held.In(way.To).Figures is [var to]
        ? to.InBaseUnit / Math.Max(from.InBaseUnit, 1e-9) : null;

    // What somebody wrote in a log looks like a time sometimes: 99:99.
    private TimeSpan? FirstTime() => Held.Times
        .Select(time => TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out var known) && time.Contains(':', StringComparison.Ordinal) && known < TimeSpan.FromDays(1) ? known : (TimeSpan?)null)
        .FirstOrDefault(time => time is not null);

    private string Implied(string text)
    {
        // A metric that fell was lowered by nobody.
        var changed = text.Contains("->", StringComparison.Ordinal);
        var implied = Grows switch { > 1 => changed ? " raised rose" : " rose", < 1 => changed ? " lowered fell" : " fell", _ => "" };
        if (changed)
        {
            implied += " changed scaled";
        }

        if (NowAndBefore().Match(text) is { Success: true } match && Held.In(match.Groups["now"].Value).Figures is [var now] && Held.In(match.Groups["was"].Value).Figures is [var was])
        {
            implied += " now" + (now.InBaseUnit > was.InBaseUnit ? " rose" : now.InBaseUnit < was.InBaseUnit ? " fell" : "");
        }

        implied += text.Contains("(was ", StringComparison.Ordinal) ? " before new" : "";
        implied += text.Contains("since", StringComparison.OrdinalIgnoreCase) || text.Contains("is new", StringComparison.Ordinal) ? " now" : "";
        if (Firing().Match(text) is { Success: true } alarms)
        {
            implied += alarms.Groups["firing"].Value == "0" ? " none not" : alarms.Groups["firing"].Value == alarms.Groups["all"].Value ? " all" : "";
        }

        return implied + (text.Contains("100 %", StringComparison.Ordinal) ? " all fully" : "") + (Longer().IsMatch(text) ? " rose" : "");
    }

    // "(0 % before)", "2.71 ms before, 630 ms now", "32.5 % of 154 before", "12 in the whole baseline"; never "40 s before it began".
    [GeneratedRegex(@"(?<figure>\d[\d,]*(\.\d+)? ?(%|µs|ms|s|min|h)?)( of (?<figure>\d[\d,]*))?( lines| calls| requests)? (before(?=\s*([).,;]|$))|in the whole baseline)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BeforeFigure();

    [GeneratedRegex(@"in (?<now>\d[\d.]* %) of (calls \(|\d+ traces, )(?<was>\d[\d.]* %)( of \d+)? before", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NowAndBefore();

    [GeneratedRegex(@"\A((?! waits | logs | no longer | now ).)*?(?= \(\w+\) of | of )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MeasuredName();

    [GeneratedRegex(@"\A(?<id>\S+)(?= of \d{4}-)|suspect of (?<id>[^\s,]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PastId();

    [GeneratedRegex(@"(?<!no )longer", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Longer();

    [GeneratedRegex(@"(?<all>\d+) alarms, (?<firing>\d+) still firing", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Firing();
}
