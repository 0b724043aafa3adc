using Aiops.Pipeline.FindRootCause;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>The head of the page: what broke, how bad, since when, and the answer in one sentence.</summary>
internal static class SummarySection
{
    private const int MostReasons = 8;

    public static void Write(HtmlText page, IncidentReport report)
    {
        var incident = report.Incident;
        var severity = IncidentWords.Severity(report);
        if (report.Simulated)
        {
            page.Markup("<p class=\"banner\"><strong>Simulated telemetry.</strong> A simulator made what this page shows; no customer was harmed.</p>");
        }

        page.Markup("<header><p class=\"badges\">")
            .Markup($"<span class=\"badge {severity.ToLowerInvariant()}\">{severity}</span><span class=\"badge\">{IncidentWords.Of(report.Classification.Kind)}</span>")
            .Markup($"<span class=\"badge\">{IncidentWords.Of(incident.Status)}</span><span class=\"quiet\">")
            .Text(incident.Id, 100).Markup("</span></p>")
            .Element("h1", incident.Title, longest: 300);
        WriteAnswer(page, report);
        WriteFacts(page, report);
        page.Markup("<details><summary>Why this severity</summary><ul>");
        foreach (var reason in report.Classification.Reasons.Take(MostReasons))
        {
            page.Element("li", reason);
        }

        page.Markup("</ul></details></header>\n");
    }

    private static void WriteAnswer(HtmlText page, IncidentReport report)
    {
        if (report.Diagnosis.Hypotheses is not [var first, ..])
        {
            page.Markup("<p class=\"answer none\">No cause is named: ").Text(report.Diagnosis.NotEnoughEvidence ?? "nothing was found").Markup("</p>");
            return;
        }

        page.Markup("<p class=\"answer\">").Text(first.Statement)
            .Markup($" <span class=\"quiet\">That is {IncidentWords.Confidence(first.Confidence)}.</span></p>");
    }

    private static void WriteFacts(HtmlText page, IncidentReport report)
    {
        var incident = report.Incident;
        var since = report.Diagnosis.Onset ?? incident.OpenedAt;
        page.Markup("<dl class=\"facts\">");
        Fact("Began", $"{since:HH:mm} UTC", $"{since:d MMMM yyyy}, {(report.Diagnosis.Onset is null ? "by the alarm" : "by the evidence")}");
        Fact("Alarm", $"{incident.OpenedAt:HH:mm} UTC", $"{incident.MemberCount} in all, {incident.FiringCount} still firing");
        if (report.AnalysedAt > since)
        {
            Fact("Lasting", Figures.Duration((report.AnalysedAt - since).TotalSeconds), $"when analysed at {report.AnalysedAt:HH:mm} UTC");
        }

        if (incident.Components.Count > 0)
        {
            var more = incident.Components.Count > 3 ? $"and {incident.Components.Count - 3} more" : "by its alarms";
            page.Markup("<div><dt>Seen at</dt><dd><strong>").Text(string.Join(", ", incident.Components.Take(3)), 90).Markup($"</strong><small>{more}</small></dd></div>");
        }

        foreach (var budget in report.Context.Objectives.Take(2))
        {
            page.Markup($"<div><dt>Error budget</dt><dd><strong>{budget.Remaining:P0} left</strong><small>").Text(budget.Name, 80).Markup("</small></dd></div>");
        }

        page.Markup("</dl>")
            .Markup($"<p class=\"quiet\">Analysis {report.Round}, {report.AnalysedAt:yyyy-MM-dd HH:mm} UTC. ")
            .Text(report.Reasoning is { } reasoning ? $"Figures decide. {ModelWords.Account(reasoning)}" : "Figures decide, no model took part.", 700).Markup("</p>");

        void Fact(string name, string value, string note) => page.Markup($"<div><dt>{name}</dt><dd><strong>{value}</strong><small>{note}</small></dd></div>");
    }
}
