using Aiops.Analysis;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Traces;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>What was found, row by row.</summary>
internal static class TablesSection
{
    private const int Most = 40;
    private const int MostOperations = 20;
    private const int MostEvidence = 150;
    private const double Notable = 1.3; // A third slower catches the eye; less is told by the figures alone.

    public static void WriteLogs(HtmlText page, IncidentReport report)
    {
        var patterns = report.Context.Logs.Where(shift => shift.Trend != LogPatternTrend.Same)
            .OrderByDescending(shift => Math.Abs(shift.Significance)).ToList();
        var shown = Table(page, patterns, Most, "Log patterns that moved", "No log pattern moved.", ["Component", "Pattern", "Before", "During", "Rate"]);
        foreach (var shift in shown)
        {
            page.Markup("<tr>").Element("td", shift.Component, "class=\"name\"", 80)
                .Markup("<td>").Element("span", shift.Severity, "class=\"badge\"", 12).Markup(" ").Element("code", shift.Template, longest: 300).Markup("</td>")
                .Markup($"<td class=\"figure\">{shift.Baseline:#,##0}</td><td class=\"figure\">{shift.Incident:#,##0}</td><td>{Trend(shift)}</td></tr>");
        }

        EndTable(page, shown.Count, patterns.Count);
    }

    public static void WriteOperations(HtmlText page, IncidentReport report)
    {
        var moved = report.Context.Traces.OrderByDescending(shift => Math.Abs(FailedShare(shift.Incident) - FailedShare(shift.Baseline)))
            .ThenByDescending(shift => shift.Incident.SelfTimeMedian - shift.Baseline.SelfTimeMedian).ToList();
        var shown = Table(page, moved, MostOperations, "Operations, those that changed most first", "No traces were found.",
            ["Operation", "Calls", "Failed", "Own time, median", "Duration, p95"]);
        foreach (var shift in shown)
        {
            var (before, now) = (shift.Baseline, shift.Incident);
            page.Markup("<tr><td>").Element("span", shift.Component, "class=\"name\"", 80).Markup(" ").Text(shift.Operation, 160)
                .Markup(shift.Caller.Length == 0 ? "" : "<small> called by ").Text(shift.Caller, 80).Markup(shift.Caller.Length == 0 ? "</td>" : "</small></td>");
            Pair($"{before.Count:#,##0}", $"{now.Count:#,##0}", now.Count == 0);
            Pair(Share(before.Failed, before.Count), Share(now.Failed, now.Count), FailedShare(now) - FailedShare(before) > 0.02);
            Pair(Milliseconds(before.SelfTimeMedian), Milliseconds(now.SelfTimeMedian), now.SelfTimeMedian > Notable * before.SelfTimeMedian);
            Pair(Milliseconds(before.DurationP95), Milliseconds(now.DurationP95), now.DurationP95 > Notable * before.DurationP95);
            page.Markup("</tr>");
        }

        EndTable(page, shown.Count, moved.Count);

        void Pair(string before, string now, bool notable) => page.Markup($"<td class=\"figure\">{before} → {(notable ? $"<strong>{now}</strong>" : now)}</td>");
    }

    public static void WriteChanges(HtmlText page, IncidentReport report)
    {
        var changes = report.Context.Changes.OrderByDescending(change => change.At).ToList();
        var shown = Table(page, changes, Most, "Changes, newest first", "No change was recorded.", ["When (UTC)", "Component", "Kind", "What", "Who"]);
        foreach (var change in shown)
        {
            page.Markup($"<tr><td class=\"figure\">{change.At.UtcDateTime:yyyy-MM-dd HH:mm}</td>").Element("td", change.Component, "class=\"name\"", 80)
                .Markup($"<td>{IncidentWords.Of(change.Kind)}</td><td>").Text(change.Summary, 300)
                .Markup(change.Reference.Length == 0 ? "" : "<small> ").Text(change.Reference, 160).Markup(change.Reference.Length == 0 ? "</td>" : "</small></td>")
                .Element("td", change.Actor, longest: 100).Markup("</tr>");
        }

        EndTable(page, shown.Count, changes.Count);
    }

    public static void WritePastIncidents(HtmlText page, IncidentReport report)
    {
        var past = report.Context.PastIncidents.ToList();
        var shown = Table(page, past, Most, "Earlier incidents that resemble this one", "No earlier incident resembles this one.", ["Incident", "Alike", "What it was", "What helped"]);
        foreach (var incident in shown)
        {
            page.Markup("<tr><td>").Element("strong", incident.IncidentId, longest: 60).Markup($" <small>{incident.OpenedAt.UtcDateTime:yyyy-MM-dd}</small><br>").Text(incident.Title, 200)
                .Markup($"</td><td>{incident.Similarity:P0}<br><small>").Text(string.Join(", ", incident.Because), 200).Markup("</small></td><td>");
            page.Text(IncidentWords.CauseOf(incident)).Markup("</td>").Element("td", incident.Helped is { Count: > 0 } helped ? string.Join(", ", helped) : "–", longest: 200).Markup("</tr>");
        }

        EndTable(page, shown.Count, past.Count);
    }

    public static void WriteMissing(HtmlText page, IncidentReport report)
    {
        var missing = report.Context.Missing.ToList();
        if (missing.Count == 0)
        {
            page.Markup("<p>Every source answered in full.</p>");
            return;
        }

        page.Markup("<ul>");
        foreach (var part in missing)
        {
            page.Markup($"<li><strong>{IncidentWords.Of(part.Source)}</strong>: {Words(part.Status)}");
            foreach (var gap in part.Gaps.Take(12))
            {
                page.Markup("<br>").Text(gap, 300);
            }

            page.Markup(part.Gaps.Count > 12 ? $"<br>and {part.Gaps.Count - 12} more</li>" : "</li>");
        }

        page.Markup("</ul>");
    }

    public static void WriteEvidence(HtmlText page, IncidentReport report)
    {
        // What a model's sentences cite stands among it, or a reader couldn't look it up.
        IReadOnlyList<Evidence> evidence = [.. report.Reasoning is { Explains: true } reasoning ? reasoning.Found : [], .. report.Diagnosis.Evidence];
        var shown = Table(page, evidence, MostEvidence, "All evidence", "None.", ["Id", "What was seen", "Since (UTC)", "Source"]);
        foreach (var found in shown)
        {
            page.Markup($"<tr id=\"{Anchor.Of(found.Id)}\">").Element("th", found.Id, "scope=\"row\"", 20)
                .Markup($"<td>").Text(found.Statement).Markup($" <small>{IncidentWords.Of(found.Kind)}</small></td><td class=\"figure\">{found.Onset?.UtcDateTime.ToString("HH:mm") ?? "–"}</td><td>");
            WriteSource(page, found.Provenance);
            page.Markup("</td></tr>");
        }

        EndTable(page, shown.Count, evidence.Count);
        var parts = report.Context.Parts.Where(part => part.Provenance is not null).ToList();
        if (parts.Count > 0)
        {
            page.Markup("<details><summary>What was asked of each source</summary><dl class=\"pairs\">");
            foreach (var part in parts)
            {
                page.Markup($"<dt>{IncidentWords.Of(part.Source)}</dt><dd>");
                WriteSource(page, part.Provenance!);
                page.Markup("</dd>");
            }

            page.Markup("</dl></details>");
        }
    }

    private static void WriteSource(HtmlText page, Provenance source)
    {
        page.Text(source.Source, 100).Markup("<br>").Element("code", source.Query, longest: 300)
            .Markup($"<br><small>{Stretch(source.Window)}</small>");
        if (source.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
        {
            page.Markup($" <a rel=\"noreferrer noopener\" href=\"{page.Encoded(link, 2_000)}\">look there</a>");
        }
    }

    private static List<T> Table<T>(HtmlText page, IReadOnlyList<T> rows, int most, string caption, string none, string[] columns)
    {
        page.Markup(rows.Count == 0
            ? $"<p>{none}</p>"
            : $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{column}</th>"))}</tr></thead><tbody>");
        return [.. rows.Take(most)];
    }

    private static void EndTable(HtmlText page, int shown, int all)
        => page.Markup(all == 0 ? "" : "</tbody></table></div>").Markup(all > shown ? $"<p class=\"quiet\">{all - shown} more are not shown.</p>" : "");

    private static string Stretch(TimeWindow window)
    {
        var (start, end) = (window.Start.UtcDateTime, window.End.UtcDateTime);
        return start.Date == end.Date ? $"{start:yyyy-MM-dd HH:mm}–{end:HH:mm}" : $"{start:yyyy-MM-dd HH:mm} – {end:yyyy-MM-dd HH:mm}";
    }

    private static string Trend(LogPatternShift shift) => shift.Trend switch
    {
        LogPatternTrend.New => "<strong>new</strong>",
        LogPatternTrend.Gone => "<strong>gone</strong>",
        _ => $"× {Figures.Number(shift.RateRatio)}",
    };

    private static double FailedShare(OperationStatistics calls) => calls.Failed / (double)Math.Max(1, calls.Count);

    private static string Share(long failed, long count) => count == 0 ? "–" : $"{Figures.Number(100.0 * failed / count)} %";

    private static string Milliseconds(double milliseconds) => Figures.Duration(milliseconds / 1e3);

    private static string Words(SourceStatus status) => status switch
    {
        SourceStatus.Partial => "gave a part of what was asked",
        SourceStatus.Empty => "answered, and had nothing",
        SourceStatus.Missing => "couldn't be asked",
        SourceStatus.Denied => "isn't ours to ask",
        _ => "complete",
    };
}
