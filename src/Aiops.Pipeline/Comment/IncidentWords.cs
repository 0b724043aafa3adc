using System.Globalization;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Comment;

/// <summary>What comment and notice say in the same words.</summary>
public static class IncidentWords
{
    /// <summary>How bad and what, as Markdown: <c>SEV2 errors: checkout 5xx above 1 %</c>.</summary>
    public static string Headline(IncidentReport report, Func<string, string> mask)
        => $"{Severity(report)} {Of(report.Classification.Kind)}: {MarkdownText.Escape(mask(report.Incident.Title), 200)}";

    public static string Severity(IncidentReport report) => report.Classification.Severity.ToString().ToUpperInvariant();

    /// <summary>The ticket's title: one line, short enough for Jira's 255 characters.</summary>
    public static string Title(IncidentReport report, Func<string, string> mask)
        => $"{Severity(report)} {MarkdownText.Line(mask(report.Incident.Title), 240)}";

    /// <summary>A probability as a word and a figure.</summary>
    public static string Confidence(double confidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(confidence >= 0.75 ? "very likely" : confidence >= 0.4 ? "likely" : confidence >= 0.15 ? "possible" : "unlikely")}, {Percent(confidence)}");

    /// <summary>What an earlier incident turned out to be; one whose analysis was rejected names no cause.</summary>
    public static string CauseOf(PastIncident past) => past switch
    {
        { Verdict: Verdict.Rejected, RuledOut: { } wrong, Cause: { } said } => $"it was not {wrong}: {said}",
        { Verdict: Verdict.Rejected, RuledOut: { } wrong } => $"it was not {wrong}; nobody said what it was",
        { Verdict: Verdict.Rejected, Cause: { } said } => $"no cause was found: {said}",
        { Component: { } component, Cause: { } said } => $"it was {component}: {said}",
        { Component: { } component } => $"it was {component}",
        _ => past.Cause ?? "nobody said what it was",
    };

    /// <inheritdoc cref="CauseOf(PastIncident)"/>
    public static string CauseOf(PastCase past) => CauseOf(new PastIncident(past.IncidentId, past.Title, past.OpenedAt, 0, [], past.Cause, past.Component)
    {
        Verdict = past.Verdict,
        RuledOut = past.Verdict == Verdict.Rejected ? past.Named : null,
    });

    // Nobody is wholly sure, and rounding doesn't make it so.
    private static string Percent(double share)
        => share > 0.99 ? "over 99 %" : share < 0.01 ? "under 1 %" : share.ToString("P0", CultureInfo.InvariantCulture);

    /// <summary>A name of ours as people write it: <c>PastIncidents</c> is "past incidents".</summary>
    public static string Of(Enum name)
        => string.Concat(name.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
