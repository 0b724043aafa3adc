namespace Aiops.Pipeline.Comment.Report;

/// <summary>One part of an analysis, drawn: the report puts them on a page of their own, the console on its page of an incident.</summary>
/// <param name="Short">Its name where there is little room.</param>
internal sealed record ReportSection(string Id, string Title, string Short, Action<HtmlText, IncidentReport> Write)
{
    /// <summary>Those of a report, in the order in which they are read: the answer, then what proves it.</summary>
    public static IEnumerable<ReportSection> Of(IncidentReport report) => All.Where(section => section.Id != "model" || report.Reasoning is { Status: not Reason.ReasoningStatus.NotAsked });

    private static IReadOnlyList<ReportSection> All { get; } =
    [
        new("causes", "Probable causes", "Causes", CausesSection.Write),
        new("model", "As a model reads it", "Model", ModelSection.Write),
        new("actions", "What to do", "Actions", ActionsSection.Write),
        new("timeline", "What happened", "Timeline", TimelineSection.Write),
        new("topology", "How it spread", "Topology", TopologySection.Write),
        new("metrics", "Metrics", "Metrics", MetricsSection.Write),
        new("logs", "Log patterns", "Logs", TablesSection.WriteLogs),
        new("operations", "Operations", "Operations", TablesSection.WriteOperations),
        new("changes", "Changes", "Changes", TablesSection.WriteChanges),
        new("past", "Seen before", "Past", TablesSection.WritePastIncidents),
        new("missing", "What was missing", "Missing", TablesSection.WriteMissing),
        new("evidence", "Evidence and where it came from", "Evidence", TablesSection.WriteEvidence),
    ];

    /// <summary>What stands below its heading: HTML, every text from outside masked and encoded.</summary>
    public string Body(IncidentReport report, Func<string, string> mask) => Drawn(Write, report, mask);

    /// <summary>The head of the page: what broke, how bad, since when, and the answer in one sentence.</summary>
    public static string Summary(IncidentReport report, Func<string, string> mask) => Drawn(SummarySection.Write, report, mask);

    private static string Drawn(Action<HtmlText, IncidentReport> write, IncidentReport report, Func<string, string> mask)
    {
        var page = new HtmlText(mask);
        write(page, report);
        return page.ToString();
    }
}
