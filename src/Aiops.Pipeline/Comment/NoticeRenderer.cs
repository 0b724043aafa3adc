using System.Globalization;
using System.Text;

namespace Aiops.Pipeline.Comment;

/// <summary>The incident in one paragraph of plain text, for chat and pagers: what broke, the first suspect, the first thing to do.</summary>
/// <param name="mask">As for the comment: every text is masked while it is whole.</param>
public sealed class NoticeRenderer(Func<string, string> mask)
{
    /// <summary>The longest notice in characters, the link not counted: four text messages.</summary>
    public const int MaxLength = 600;

    public string Render(IncidentReport report, string reportLink)
    {
        var text = new StringBuilder();
        var since = report.Diagnosis.Onset ?? report.Incident.OpenedAt;
        text.Append(CultureInfo.InvariantCulture, $"{IncidentWords.Severity(report)} {IncidentWords.Of(report.Classification.Kind)}: {Text(report.Incident.Title, 150)}, since {since:HH:mm} UTC.");
        if (report.Diagnosis.Hypotheses is [var first, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $" Cause ({IncidentWords.Confidence(first.Confidence)}): {Text(first.Statement, 200)}");
        }
        else
        {
            text.Append(" No cause named: not enough evidence.");
        }

        if (report.Recommendations is [var action, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $" Look first at: {Text(action.Title, 120)} (risk: {IncidentWords.Of(action.Risk)}).");
        }

        var simulated = report.Simulated ? " (Simulated telemetry.)" : "";
        return $"{MarkdownText.Line(text.ToString(), MaxLength - simulated.Length)}{simulated} {mask(reportLink)}";
    }

    // "@here", "#channel" and "<!channel>" call people in chat: signs that look the same don't.
    private string Text(string text, int longest)
        => MarkdownText.Line(mask(text), longest).Replace('@', '＠').Replace('#', '＃').Replace('<', '‹').Replace('>', '›');
}
