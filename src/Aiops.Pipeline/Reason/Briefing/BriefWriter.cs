using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Aiops.Analysis.LogPatterns;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Checks;

namespace Aiops.Pipeline.Reason.Briefing;

/// <summary>What the brief is made of: the stages' documents of one round.</summary>
internal sealed record BriefSource(
    Incident Incident, Classify.Classification? Classification, IncidentContext Context, Diagnosis Diagnosis, IReadOnlyList<Recommendation> Recommendations);

/// <summary>Writes the brief: bounded in each part, every text masked while it is whole, everything that may be cited with an id.</summary>
internal sealed class BriefWriter(Func<string, string> hide)
{
    public const int MostEvidence = 40;
    public const int MostPatterns = 12;
    public const int MostChanges = 12;
    public const int MostCases = 5;
    public const int MostMissing = 8;
    public const int MostPlaybooks = 8;
    public const int LongestText = 400;

    private readonly Dictionary<string, Citable> citables = new(StringComparer.Ordinal);

    public Brief Write(BriefSource source)
    {
        var (incident, diagnosis, context) = (source.Incident, source.Diagnosis, source.Context);
        var form = new BriefForm
        {
            Incident = IncidentOf(source),
            Hypotheses = [.. diagnosis.Hypotheses.Select((one, at) => HypothesisOf(one, at))],
            Evidence = [.. EvidenceOf(diagnosis).Take(MostEvidence).Select(ItemOf)],
            LogPatterns = [.. PatternsOf(context, diagnosis).Take(MostPatterns).Select(ItemOf)],
            Changes = [.. ChangesOf(context).Take(MostChanges).Select(ItemOf)],
            SimilarReviewedIncidents = [.. CasesOf(source).Take(MostCases).Select(ItemOf)],
            Missing = [.. MissingOf(context).Take(MostMissing).Select(ItemOf)],
            Playbooks = [.. source.Recommendations.Take(MostPlaybooks).Select(one => new BriefPlaybook(Text(one.Playbook), Text(one.Title), one.Hypothesis == 0 ? "I" : $"H{one.Hypothesis}"))],
            LeftOut = LeftOut(source),
        };
        return new Brief
        {
            Diagnosis = diagnosis,
            Hypotheses = diagnosis.Hypotheses.Index().ToDictionary(one => Id(one.Index), one => one.Item),
            Citables = citables,
            Entities = Entities(incident, context, diagnosis),
            Playbooks = source.Recommendations.Take(MostPlaybooks).Select(one => one.Playbook).ToHashSet(StringComparer.Ordinal),
            Json = JsonSerializer.Serialize(form, Compact.BriefForm),
        };
    }

    // "<", ">" and "&" stay escaped, so that no text from outside can end the fence around it; other scripts cost fewer tokens as they are.
    internal static BriefJson Compact { get; } = new(new JsonSerializerOptions(BriefJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    /// <summary>Masks and hides a text while it is whole, then cuts it.</summary>
    private string Text(string text) => Outgoing(text, hide);

    /// <summary>
    /// Masked as it came, for keys stand in blocks of lines; then on one line without what has no width, which would part a secret
    /// until it is sent; and masked again.
    /// </summary>
    internal static string Outgoing(string text, Func<string, string> hide)
        => MarkdownText.Line(hide(SecretMask.Mask(MarkdownText.Line(SecretMask.Mask(text), int.MaxValue))), LongestText);

    /// <summary>The same as it is held for checking: masked, not hidden.</summary>
    private static string Plain(string text) => Outgoing(text, static plain => plain);

    private BriefIncident IncidentOf(BriefSource source)
    {
        var incident = source.Incident;
        var severity = source.Classification is { } classified ? $"{classified.Severity} {IncidentWords.Of(classified.Kind)}: " : "";
        var began = source.Diagnosis.Onset is { } onset ? $" Began {Figures.Time(onset)} by the evidence." : "";
        var text = $"{severity}{incident.Title}. Alarmed {Figures.Time(incident.OpenedAt)} on {incident.OpenedAt.UtcDateTime:yyyy-MM-dd} UTC.{began} "
            + $"{incident.MemberCount} alarms, {incident.FiringCount} still firing. Alarms name: {string.Join(", ", incident.Components)}.";
        citables["I"] = new Citable("I", incident.First.Component ?? "", Plain(text), null);
        return new BriefIncident("I", Text(text), [.. incident.Components.Take(20).Select(Text)]);
    }

    // By place: ranks tie.
    private static string Id(int at) => $"H{at + 1}";

    private BriefHypothesis HypothesisOf(Hypothesis one, int at)
    {
        var id = Id(at);
        var percent = string.Create(CultureInfo.InvariantCulture, $"{100 * one.Confidence:0.##} %");
        citables[id] = new Citable(id, one.Component, Plain($"{one.Statement} Confidence {one.Confidence.ToString("0.###", CultureInfo.InvariantCulture)}, {percent}. {RankOf(at)}"), null);
        return new BriefHypothesis(
            id, Text(one.Component), Text(one.Statement), Math.Round(one.Confidence, 3), one.For, one.Against, one.WouldDisprove is { } test ? Text(test) : null);
    }

    // The model has it from the order of the list.
    private static string RankOf(int at) => at == 0 ? "Ranked first by the engine, the most likely."
        : string.Create(CultureInfo.InvariantCulture, $"Ranked {(at < Ordinals.Length ? Ordinals[at] : at + 1)} by the engine.");

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    private static IEnumerable<Evidence> EvidenceOf(Diagnosis diagnosis)
    {
        // Cited first: what is left out for length is what nobody built on.
        var cited = diagnosis.Hypotheses.SelectMany(one => one.For.Concat(one.Against)).ToHashSet(StringComparer.Ordinal);
        return diagnosis.Evidence.OrderBy(found => found.Id == "E1" ? 0 : cited.Contains(found.Id) ? 1 : 2);
    }

    private static IEnumerable<Evidence> PatternsOf(IncidentContext context, Diagnosis diagnosis)
    {
        var told = diagnosis.Evidence.Where(found => found.Kind is EvidenceKind.Log).Select(found => found.Statement).ToHashSet(StringComparer.Ordinal);
        return context.Logs.Where(shift => shift.Trend is not LogPatternTrend.Same)
            .OrderByDescending(shift => Math.Abs(shift.Significance)).ThenBy(shift => shift.PatternId, StringComparer.Ordinal)
            .Select(shift => (shift.Component, Text: FindingText.Of(shift), shift.FirstSeenUnixMilliseconds))
            .Where(shift => !told.Contains(shift.Text))
            .Select((shift, at) => Found(
                $"L{at + 1}", EvidenceKind.Log, shift.Component, shift.Text, context, ContextSource.Logs,
                shift.FirstSeenUnixMilliseconds is { } first ? DateTimeOffset.FromUnixTimeMilliseconds(first) : null));
    }

    private static IEnumerable<Evidence> ChangesOf(IncidentContext context)
        => context.Changes.Where(change => change.At < context.Window.End).OrderByDescending(change => change.At).ThenBy(change => change.Component, StringComparer.Ordinal)
            .Select((change, at) => Found(
                $"C{at + 1}", EvidenceKind.Change, change.Component, $"{change.Summary} at {Figures.Time(change.At)} ({IncidentWords.Of(change.Kind)} of {change.Component}).",
                context, ContextSource.Changes, change.At));

    // Of the last day or two a time says which; of last month it doesn't.
    private static IEnumerable<Evidence> CasesOf(BriefSource source)
        => source.Context.PastIncidents.Select((past, at) => Found(
            $"P{at + 1}", EvidenceKind.PastIncident, past.Component ?? "",
            $"{past.IncidentId} of {past.OpenedAt.UtcDateTime:yyyy-MM-dd}, {100 * past.Similarity:0} % alike ({string.Join(", ", past.Because)}): {IncidentWords.CauseOf(past)}.",
            source.Context, ContextSource.PastIncidents, null));

    private static IEnumerable<Evidence> MissingOf(IncidentContext context)
        => context.Missing.Select((part, at) => Found(
            $"M{at + 1}", EvidenceKind.Alarm, "", $"{IncidentWords.Of(part.Source)} {IncidentWords.Of(part.Status)}: missing is {(part.Gaps.Count > 0 ? part.Gaps[0] : "all")}.",
            context, part.Source, null));

    private static Evidence Found(
        string id, EvidenceKind kind, string component, string statement, IncidentContext context, ContextSource source, DateTimeOffset? onset) => new()
        {
            Id = id,
            Kind = kind,
            Component = component,
            Statement = statement,
            Onset = onset,
            Provenance = context.Parts.FirstOrDefault(part => part.Source == source)?.Provenance ?? new Provenance(IncidentWords.Of(source), "", context.Window),
        };

    private BriefItem ItemOf(Evidence found)
    {
        citables[found.Id] = CitableOf(found);
        return new BriefItem(found.Id, Text(found.Component), Text(TextOf(found)));
    }

    /// <summary>An observation as something to cite.</summary>
    internal static Citable CitableOf(Evidence found) => new(found.Id, found.Component, Plain(TextOf(found)), found);

    private static string TextOf(Evidence found)
    {
        var since = found.Onset is { } onset && !found.Statement.Contains(Figures.Time(onset), StringComparison.Ordinal) ? $" Since {Figures.Time(onset)}." : "";
        return found.Statement + since;
    }

    private static HashSet<string> Entities(Incident incident, IncidentContext context, Diagnosis diagnosis)
    {
        HashSet<string> names =
        [
            .. incident.Components, .. context.Topology.Components.Select(one => one.Name), .. diagnosis.Evidence.Select(found => found.Component),
            .. diagnosis.Hypotheses.Select(one => one.Component), .. context.Metrics.Select(series => series.Component), .. context.Logs.Select(shift => shift.Component),
            .. context.Traces.Select(shift => shift.Component), .. context.Changes.Select(change => change.Component),
        ];
        names.Remove(""); // What concerns everything has none.
        return names;
    }

    private static string? LeftOut(BriefSource source)
    {
        (int Count, int Most, string What)[] parts =
        [
            (source.Diagnosis.Evidence.Count, MostEvidence, "evidence"), (source.Context.Changes.Count, MostChanges, "changes"),
            (source.Context.Logs.Count(shift => shift.Trend is not LogPatternTrend.Same), MostPatterns, "log patterns"),
        ];
        var left = parts.Where(part => part.Count > part.Most).Select(part => $"{part.Count - part.Most} of {part.What}").ToList();
        return left.Count == 0 ? null : string.Join(", ", left);
    }
}
