using Aiops.Pipeline.FindRootCause;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>What to do: steps with commands to copy, the risk and its reason, the way back, how to see that it worked; and what runbooks say.</summary>
internal static class ActionsSection
{
    private const int Most = 8;
    private const int MostSteps = 20;
    private const int MostParameters = 20;

    public static void Write(HtmlText page, IncidentReport report)
    {
        WriteActions(page, report);
        WriteRunbooks(page, report);
    }

    private static void WriteActions(HtmlText page, IncidentReport report)
    {
        if (report.Recommendations.Count == 0)
        {
            page.Markup("<p>No playbook matches what was found.</p>");
            return;
        }

        page.Markup("<p class=\"quiet\">Nothing was executed: these are proposals. Look at each command before you run it.</p>");
        foreach (var (action, index) in report.Recommendations.Take(Most).Select((action, index) => (action, index)))
        {
            var risk = IncidentWords.Of(action.Risk);
            page.Markup($"<details class=\"action\"{(index == 0 ? " open" : "")}><summary><span class=\"badge risk-{risk}\">risk: {risk}</span> ").Text(action.Title, 200).Markup("</summary>")
                .Markup("<p class=\"quiet\">Why: ").Text(action.Because, 1_200)
                .Markup(action.Hypothesis > 0 ? $" It treats cause {action.Hypothesis}.</p>" : "</p>")
                .Markup("<ol class=\"steps\">");
            foreach (var step in action.Steps.Take(MostSteps))
            {
                WriteStep(page, step);
            }

            page.Markup("</ol><dl class=\"pairs\"><dt>Risk</dt><dd>").Text(action.RiskReason)
                .Markup("</dd><dt>Way back</dt><dd>").Text(action.Rollback)
                .Markup("</dd><dt>It worked if</dt><dd>").Text(action.Check)
                .Markup("</dd><dt>Playbook</dt><dd>").Text(action.Playbook, 100).Markup("</dd></dl></details>\n");
        }
    }

    /// <summary>What people once wrote down for this; their text stays text, whatever marks it holds.</summary>
    private static void WriteRunbooks(HtmlText page, IncidentReport report)
    {
        if (report.Diagnosis.Runbooks.Count == 0)
        {
            return;
        }

        page.Markup("<h3>Runbooks</h3><ul>");
        foreach (var runbook in report.Diagnosis.Runbooks)
        {
            page.Markup("<li><strong>").Text(string.Join(" › ", runbook.Headings.Prepend(runbook.Title).Distinct(StringComparer.Ordinal)), 300)
                .Markup("</strong> <span class=\"quiet\">").Text(runbook.Document, 200)
                .Markup("; same words: ").Text(string.Join(", ", runbook.Terms), 200)
                .Markup("</span><br>").Text(runbook.Excerpt, RunbookFinder.LongestExcerpt).Markup("</li>");
        }

        page.Markup("</ul>\n");
    }

    private static void WriteStep(HtmlText page, ActionStep step)
    {
        page.Markup("<li>").Text(step.Text);
        if (step.Command is { } command)
        {
            page.Markup("<pre tabindex=\"0\"><code>").Block(command).Markup("</code></pre>");
        }

        if (step.Document is { } document)
        {
            page.Markup("<p>Systems Manager document ").Element("code", document.Name, longest: 200).Markup("</p><dl class=\"pairs code\">");
            foreach (var (name, value) in document.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Take(MostParameters))
            {
                page.Element("dt", name, longest: 100).Element("dd", value, longest: 300);
            }

            page.Markup("</dl>");
        }

        page.Markup("</li>");
    }
}
