using System.Security.Cryptography;
using System.Text;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>
/// The whole analysis as one HTML page that needs nothing else: no script, no request, styles and drawings inline, light and
/// dark, on paper and on a phone. What is asked first stands first; what proves it follows.
/// </summary>
public static class ReportRenderer
{
    /// <summary>The largest page in bytes. A section that doesn't fit is left out and says so; the first ones always do.</summary>
    public const int MaxBytes = 1_000_000;

    private const int Reserved = 20_000; // For the notes on what was left out, and the end of the page.

    private static readonly string Style = ReadStyle();
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    private delegate void Section(HtmlText page, IncidentReport report);

    private static readonly (string Id, string Title, string Short, Section Write)[] Sections =
    [
        ("causes", "Probable causes", "Causes", CausesSection.Write),
        ("actions", "What to do", "Actions", ActionsSection.Write),
        ("timeline", "What happened", "Timeline", TimelineSection.Write),
        ("topology", "How it spread", "Topology", TopologySection.Write),
        ("metrics", "Metrics", "Metrics", MetricsSection.Write),
        ("logs", "Log patterns", "Logs", TablesSection.WriteLogs),
        ("operations", "Operations", "Operations", TablesSection.WriteOperations),
        ("changes", "Changes", "Changes", TablesSection.WriteChanges),
        ("past", "Seen before", "Past", TablesSection.WritePastIncidents),
        ("missing", "What was missing", "Missing", TablesSection.WriteMissing),
        ("evidence", "Evidence and where it came from", "Evidence", TablesSection.WriteEvidence),
    ];

    /// <param name="mask">Takes secrets out of every text; <see cref="Masking.SecretMask.Mask"/> unless a test says otherwise.</param>
    /// <returns>A page of at most <see cref="MaxBytes"/> in UTF-8; the same for the same report.</returns>
    public static string Render(IncidentReport report, Func<string, string> mask)
    {
        var page = new HtmlText(mask);
        WriteHead(page, report);
        SummarySection.Write(page, report);
        var whole = new StringBuilder(page.ToString());
        var size = Encoding.UTF8.GetByteCount(page.ToString());
        foreach (var (id, title, _, write) in Sections)
        {
            var body = new HtmlText(mask);
            write(body, report);
            var bytes = Encoding.UTF8.GetByteCount(body.ToString());
            var fits = size + bytes + Reserved <= MaxBytes;
            size += fits ? bytes : 0;
            whole.Append($"<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>")
                .Append(fits ? body.ToString() : "<p class=\"quiet\">Left out: the page would have become too large.</p>")
                .Append("</section>\n");
        }

        return whole.Append("</main></body></html>\n").ToString();
    }

    private static void WriteHead(HtmlText page, IncidentReport report)
    {
        page.Markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Markup($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{StyleHash}'; base-uri 'none'; form-action 'none'\">")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\">")
            .Element("title", $"{IncidentWords.Severity(report)} {report.Incident.Title}", longest: 200)
            .Markup($"<style>{Style}</style></head>\n<body><a class=\"skip\" href=\"#causes\">To the causes</a>")
            .Markup("<nav aria-label=\"Sections\"><ul>");
        foreach (var (id, _, name, _) in Sections)
        {
            page.Markup($"<li><a href=\"#{id}\">{name}</a></li>");
        }

        page.Markup("</ul></nav>\n<main>\n");
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReportRenderer).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
