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

    /// <summary>What lays a page of these sections out.</summary>
    internal static string Style { get; } = ReadStyle();

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <param name="mask">Takes secrets out of every text; <see cref="Masking.SecretMask.Mask"/> unless a test says otherwise.</param>
    /// <returns>A page of at most <see cref="MaxBytes"/> in UTF-8; the same for the same report.</returns>
    public static string Render(IncidentReport report, Func<string, string> mask)
    {
        var page = new HtmlText(mask);
        WriteHead(page, report);
        SummarySection.Write(page, report);
        var whole = new StringBuilder(page.ToString());
        var size = Encoding.UTF8.GetByteCount(page.ToString());
        foreach (var section in ReportSection.Of(report))
        {
            var body = section.Body(report, mask);
            var bytes = Encoding.UTF8.GetByteCount(body);
            var fits = size + bytes + Reserved <= MaxBytes;
            size += fits ? bytes : 0;
            whole.Append($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{section.Title}</h2>")
                .Append(fits ? body : "<p class=\"quiet\">Left out: the page would have become too large.</p>")
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
        foreach (var section in ReportSection.Of(report))
        {
            page.Markup($"<li><a href=\"#{section.Id}\">{section.Short}</a></li>");
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
