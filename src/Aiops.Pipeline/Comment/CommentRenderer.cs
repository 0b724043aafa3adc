using System.Globalization;
using System.Text;

namespace Aiops.Pipeline.Comment;

/// <summary>
/// The comment, for somebody who was just woken: what broke, why, what changed, what to do, in the order in which they ask.
/// </summary>
/// <param name="mask">Takes secrets out of every text; <see cref="Masking.SecretMask"/> unless a test says otherwise.</param>
public sealed class CommentRenderer(Func<string, string> mask)
{
    /// <summary>The longest comment in characters: below Jira's limit of 32,767, the smallest of the systems in use.</summary>
    public const int MaxLength = 30_000;

    private const int Causes = 3;
    private const int EvidencePerSide = 4;
    private const int Actions = 3;

    /// <param name="reportLink">Where the full report is.</param>
    /// <returns>Markdown, at most <see cref="MaxLength"/> long: sections are left out whole from the end, and that is said.</returns>
    public string Render(IncidentReport report, string reportLink)
    {
        List<string> sections =
        [
            Headline(report), WhyText(report), ChangedText(report), ToDoText(report), SimilarText(report), MissingText(report),
        ];
        var footer = Footer(report, reportLink);
        const string cut = "*Cut here for length; the report has the rest.*\n\n";
        var text = new StringBuilder();
        foreach (var section in sections.Select(mask))
        {
            if (text.Length + section.Length + cut.Length + footer.Length > MaxLength)
            {
                text.Append(cut);
                break;
            }

            text.Append(section);
        }

        return text.Append(footer).ToString();
    }

    private static string Headline(IncidentReport report)
    {
        var incident = report.Incident;
        var since = report.Diagnosis.Onset ?? incident.OpenedAt;
        var components = incident.Components.Count == 0 ? "" : $" · {MarkdownText.Escape(string.Join(", ", incident.Components.Take(6)), 200)}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{report.Classification.Severity.ToString().ToUpperInvariant()} {Words(report.Classification.Kind.ToString())}: {MarkdownText.Escape(incident.Title, 200)}** since {since:yyyy-MM-dd HH:mm} UTC{components}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{incident.MemberCount} alarm{(incident.MemberCount == 1 ? "" : "s")}, {incident.FiringCount} still firing. ");
        text.Append(string.Join(' ', report.Classification.Reasons.Select(reason => MarkdownText.Escape(reason)))).Append("\n\n");
        return text.ToString();
    }

    private static string WhyText(IncidentReport report)
    {
        var diagnosis = report.Diagnosis;
        var text = new StringBuilder("### Most probable cause\n\n");
        if (diagnosis.Hypotheses.Count == 0)
        {
            return text.Append(CultureInfo.InvariantCulture, $"Not enough evidence to name one: {MarkdownText.Escape(diagnosis.NotEnoughEvidence ?? "nothing was found")}\n\n").ToString();
        }

        foreach (var hypothesis in diagnosis.Hypotheses.Take(Causes))
        {
            text.Append(CultureInfo.InvariantCulture, $"{hypothesis.Rank}. **{MarkdownText.Escape(hypothesis.Statement)}** {Confidence(hypothesis.Confidence)}\n");
            foreach (var id in hypothesis.For.Take(EvidencePerSide))
            {
                text.Append(CultureInfo.InvariantCulture, $"   - for: {MarkdownText.Escape(diagnosis[id].Statement)} ({id})\n");
            }

            foreach (var id in hypothesis.Against.Take(EvidencePerSide))
            {
                text.Append(CultureInfo.InvariantCulture, $"   - against: {MarkdownText.Escape(diagnosis[id].Statement)} ({id})\n");
            }

            if (hypothesis.Rank == 1 && hypothesis.WouldDisprove is { } test)
            {
                text.Append(CultureInfo.InvariantCulture, $"   - would disprove it: {MarkdownText.Escape(test)}\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static string ChangedText(IncidentReport report)
    {
        var changes = report.Timeline.Where(entry => entry.Kind == "change").ToList();
        if (changes.Count == 0)
        {
            return "### What changed\n\nNothing that was recorded, in the two hours before.\n\n";
        }

        var text = new StringBuilder("### What changed\n\n");
        foreach (var change in changes.TakeLast(5))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {change.At:HH:mm} {MarkdownText.Escape(change.Component)}: {MarkdownText.Escape(change.Text)}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string ToDoText(IncidentReport report)
    {
        if (report.Recommendations.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("### What to do\n\n");
        foreach (var action in report.Recommendations.Take(Actions))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{MarkdownText.Escape(action.Title)}** (risk: {Words(action.Risk.ToString())}) {MarkdownText.Escape(action.Because)}\n");
            foreach (var step in action.Steps.Take(2))
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {MarkdownText.Escape(step.Text)}{(step.Command is null ? "" : " " + MarkdownText.Code(step.Command, 400))}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  - it worked if: {MarkdownText.Escape(action.Check)}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string SimilarText(IncidentReport report)
    {
        if (report.Context.PastIncidents.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder("### Seen before\n\n");
        foreach (var past in report.Context.PastIncidents.Take(3))
        {
            var cause = past.Cause is null ? "nobody said what it was" : $"it was {MarkdownText.Escape(past.Component ?? "")}: {MarkdownText.Escape(past.Cause)}";
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(past.IncidentId)} ({past.OpenedAt:yyyy-MM-dd}, {past.Similarity:P0} alike: {MarkdownText.Escape(string.Join(", ", past.Because))}): {cause}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string MissingText(IncidentReport report)
    {
        var missing = report.Context.Missing.Where(part => part.Status is not GatherContext.SourceStatus.Empty || part.Gaps.Count > 0).ToList();
        return missing.Count == 0
            ? ""
            : $"*Missing:* {string.Join("; ", missing.Select(part => $"{Words(part.Source.ToString())} {Words(part.Status.ToString())}{(part.Gaps.Count == 0 ? "" : $" ({MarkdownText.Escape(part.Gaps[0], 160)})")}"))}\n\n";
    }

    private string Footer(IncidentReport report, string reportLink) => string.Create(
        CultureInfo.InvariantCulture,
        $"---\n[Full report]({mask(reportLink)}) · analysis {report.Round}, {report.AnalysedAt:yyyy-MM-dd HH:mm} UTC, no model{(report.Simulated ? " · **simulated telemetry**" : "")}\n");

    private static string Confidence(double confidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"— {(confidence >= 0.75 ? "probable" : confidence >= 0.4 ? "likely" : confidence >= 0.15 ? "possible" : "unlikely")}, {confidence:P0}");

    private static string Words(string pascal)
        => string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
