using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Scenarios.Running;
using Markdig;

namespace Aiops.Scenarios.RedHerrings;

/// <summary>One thing that an analysis must come to.</summary>
/// <param name="Words">As it is printed.</param>
/// <param name="Missing">Why it wasn't met; null when it was. The incidents are the story's, the one with most alarms first.</param>
public sealed record Demand(string Words, Func<IReadOnlyList<ToldIncident>, string?> Missing)
{
    /// <summary>For a demand on what was learned: the same, given also the incidents as they are told where nothing was reviewed before.</summary>
    public Func<IReadOnlyList<ToldIncident>, IReadOnlyList<ToldIncident>, string?>? Beside { get; init; }

    /// <summary>For how many seeds at least it holds today; null for all of them.</summary>
    public int? HoldsFor { get; init; }

    /// <summary>Why the engine doesn't meet it for every seed; null where it does.</summary>
    public string? Weakness { get; init; }

    /// <summary>What the engine can't do yet, with how often it does: asserted as far as it goes, and to be raised as it gets better.</summary>
    public Demand OnlyFor(int seeds, string because) => this with { HoldsFor = seeds, Weakness = because };

    public static Demand First(string cause) => new(
        $"{cause} is the first hypothesis",
        told => told[0].Diagnosis!.Hypotheses is [var top, ..] ? top.Component == cause ? null : $"first is {Named(top)}" : "nothing was named");

    public static Demand AmongFirst(int ranks, string cause) => new(
        $"{cause} is among the first {ranks} of some incident",
        told => told.Any(one => one.Diagnosis!.Hypotheses.Any(h => h.Component == cause && h.Rank <= ranks))
            ? null
            : $"named are {string.Join("; ", told.Select(one => string.Join(", ", one.Diagnosis!.Hypotheses.Select(Named))))}");

    /// <summary>The hypothesis of a component must cite evidence of this kind that holds the phrase.</summary>
    public static Demand Cites(string component, EvidenceKind kind, string phrase) => new(
        $"{component} is blamed with {kind} evidence of “{phrase}”",
        told => Blamed(told, component) is not { } found ? $"{component} isn't named"
            : CitedFor(found.Told.Diagnosis!, found.Hypothesis).Any(e => e.Kind == kind && e.Statement.Contains(phrase, StringComparison.OrdinalIgnoreCase)) ? null
            : $"cited is {string.Join(" | ", CitedFor(found.Told.Diagnosis!, found.Hypothesis).Select(e => e.Statement))}");

    /// <summary>An innocent isn't first, and has evidence against it or less confidence than the cause; not to be named at all is best.</summary>
    public static Demand RulesOut(string innocent, string cause) => new(
        $"{innocent} is ruled out",
        told => Blamed(told, innocent) is not { Hypothesis: var suspect } ? null
            : suspect.Rank == 1 ? $"{Named(suspect)} is first"
            : suspect.Against.Count > 0 || suspect.Confidence < Blamed(told, cause)?.Hypothesis.Confidence ? null
            : $"{Named(suspect)}, nothing against it");

    /// <summary>Nobody is blamed, and why is said.</summary>
    public static Demand NamesNobody() => new(
        "nobody is blamed, and the report says why",
        told => told.FirstOrDefault(one => one.Diagnosis!.Hypotheses.Count > 0) is { } blaming ? $"blamed is {Named(blaming.Diagnosis!.Hypotheses[0])}"
            : told.All(one => one.Diagnosis!.NotEnoughEvidence is { Length: > 0 }) ? null : "nothing is said");

    public static Demand Incidents(int count) => new(
        count == 1 ? "one incident is opened" : $"{count} incidents are opened",
        told => told.Count == count ? null : $"{told.Count}: {string.Join("; ", told.Select(one => string.Join(", ", one.Incident.Components)))}");

    /// <summary>What people read holds the phrase.</summary>
    public static Demand Says(string phrase) => new(
        $"the comment says “{phrase}”",
        told => told[0].Comment!.Contains(phrase, StringComparison.OrdinalIgnoreCase) ? null : "it doesn't");

    /// <summary>The report holds the text: it was seen, and is shown.</summary>
    public static Demand Shows(string text) => new(
        $"the report shows “{text}”",
        told => told.Any(one => one.Report!.Contains(text, StringComparison.Ordinal)) ? null : "it doesn't");

    /// <summary>Neither comment nor report holds the text.</summary>
    public static Demand NeverShows(string text) => new(
        $"nobody is shown “{text.ReplaceLineEndings("⏎")}”",
        told => told.Any(one => one.Comment!.Contains(text, StringComparison.Ordinal)) ? "the comment holds it"
            : told.Any(one => one.Report!.Contains(text, StringComparison.Ordinal)) ? "the report holds it" : null);

    /// <summary>Neither the report nor the comment, rendered as a ticket system would, holds the HTML.</summary>
    public static Demand NeverRenders(string html) => new(
        $"nothing renders as “{html}”",
        told => told.Any(one => Markdown.ToHtml(one.Comment!).Contains(html, StringComparison.OrdinalIgnoreCase)) ? "the comment does"
            : told.Any(one => one.Report!.Contains(html, StringComparison.OrdinalIgnoreCase)) ? "the report does" : null);

    /// <summary>The ticket is as the pipeline left it: nothing in the telemetry moved it.</summary>
    public static Demand AwaitsReview() => new(
        "no review is recorded that no person gave",
        told => told.All(one => one.Outcome is null) ? null : "an outcome is recorded");

    public static Demand LessSureThan(double confidence, string component) => new(
        $"{component} isn't named with a confidence of {confidence:0.##} or more",
        told => Blamed(told, component) is { } found && found.Hypothesis.Confidence >= confidence ? Named(found.Hypothesis) : null);

    /// <summary>What was reviewed before must make the cause more probable than it is without.</summary>
    public static Demand SurerThanUntaught(string cause) => new($"{cause} is more probable than without the reviewed case", _ => null)
    {
        Beside = (told, untaught) =>
        {
            var (taught, before) = (Blamed(told, cause)?.Hypothesis.Confidence ?? 0, Blamed(untaught, cause)?.Hypothesis.Confidence ?? 0);
            return taught > before ? null : $"{taught:0.000}, without it {before:0.000}";
        },
    };

    /// <summary>What was reviewed before must move the order towards the cause, whatever it does to the confidence of both.</summary>
    public static Demand GainsOn(string cause, string innocent) => new($"{cause} gains on {innocent} by the reviewed case", _ => null)
    {
        Beside = (told, untaught) =>
        {
            var (taught, before) = (Odds(told), Odds(untaught));
            return taught > before ? null : $"{taught:0.000} to one, without it {before:0.000}";

            double Odds(IReadOnlyList<ToldIncident> of)
                => (Blamed(of, cause)?.Hypothesis.Confidence ?? 0) / (Blamed(of, innocent)?.Hypothesis.Confidence ?? 1e-6);
        },
    };

    private static (ToldIncident Told, Hypothesis Hypothesis)? Blamed(IReadOnlyList<ToldIncident> told, string component) => told
        .SelectMany(one => one.Diagnosis!.Hypotheses.Select(hypothesis => ((ToldIncident, Hypothesis)?)(one, hypothesis)))
        .Where(pair => pair!.Value.Item2.Component == component)
        .OrderBy(pair => pair!.Value.Item2.Rank)
        .FirstOrDefault();

    private static IEnumerable<Evidence> CitedFor(Diagnosis diagnosis, Hypothesis hypothesis) => hypothesis.For.Select(id => diagnosis[id]);

    private static string Named(Hypothesis hypothesis) => $"{hypothesis.Component} ({hypothesis.Confidence:0.00})";
}
