using System.Globalization;
using System.Net;
using System.Text;

namespace Aiops.Ask.ServiceReport;

/// <summary>A report as Markdown, or as HTML that stands alone with its drawings.</summary>
public static class ReportText
{
    private const int MostRows = 20;

    private const string Style =
        """
        :root{color-scheme:light dark;--bg:#fff;--ink:#1d2330;--soft:#5b6472;--line:#dfe3e9}
        @media(prefers-color-scheme:dark){:root{--bg:#15181e;--ink:#e8eaee;--soft:#a3abb8;--line:#2e3440}}
        body{background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,"DejaVu Sans",sans-serif;margin:2rem auto;max-width:780px;padding:0 1rem}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}svg{max-width:100%;height:auto}.w{overflow-x:auto}
        table{border-collapse:collapse;font-size:.86rem}td,th{padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        .n{text-align:right;font-variant-numeric:tabular-nums}summary,.k{color:var(--soft);font-size:.86rem}pre{white-space:pre-wrap;font-size:.8rem}
        """;

    public static string Markdown(WrittenReport report)
    {
        var text = new StringBuilder($"# {report.Service}, {Stretch(report)}\n");
        foreach (var part in report.Parts)
        {
            text.Append($"\n## {part.Title}\n\n{Escaped(part.Sentence)}\n");
            if (part.Rows.Count > 0)
            {
                text.Append($"\n| {string.Join(" | ", part.Columns.Select(column => column.Name))} |\n|{string.Concat(part.Columns.Select(column => IsFigure(column.Type) ? " ---: |" : " --- |"))}\n");
                foreach (var row in part.Rows.Take(MostRows))
                {
                    text.Append($"| {string.Join(" | ", row.Select(value => Escaped(TextOf(value))))} |\n");
                }

                text.Append(part.Rows.Count > MostRows ? $"\n{MostRows} of {part.Rows.Count:N0} rows.\n" : "");
            }
        }

        return text.ToString();
    }

    public static string Html(WrittenReport report)
    {
        var title = $"{report.Service}, {Stretch(report)}";
        var text = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encoded(title)}</title><style>{Style}</style></head><body>\n<h1>{Encoded(title)}</h1>\n");
        foreach (var part in report.Parts)
        {
            text.Append($"<section><h2>{Encoded(part.Title)}</h2><p>{Encoded(part.Sentence)}</p>{part.Chart}");
            if (part.Rows.Count > 0)
            {
                text.Append(part.Chart is null ? "" : "<details><summary>Figures</summary>").Append("<div class=\"w\"><table><thead><tr>");
                foreach (var column in part.Columns)
                {
                    text.Append($"<th{(IsFigure(column.Type) ? " class=\"n\"" : "")}>{Encoded(column.Name)}</th>");
                }

                text.Append("</tr></thead><tbody>");
                foreach (var row in part.Rows.Take(part.Chart is null ? MostRows : int.MaxValue))
                {
                    text.Append("<tr>").AppendJoin("", row.Select((value, i) => $"<td{(IsFigure(part.Columns[i].Type) ? " class=\"n\"" : "")}>{Encoded(TextOf(value))}</td>")).Append("</tr>");
                }

                text.Append("</tbody></table></div>").Append(part.Chart is null ? "" : "</details>");
            }

            text.Append($"<details><summary>SQL</summary><pre>{Encoded(part.Sql)}</pre></details></section>\n");
        }

        return text.Append("</body></html>\n").ToString();
    }

    private static string Stretch(WrittenReport report) => $"{report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} ({report.TimeZone})";

    private static bool IsFigure(string type) => type is "BIGINT" or "DOUBLE";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    // Log lines and summaries are anybody's: nothing of them is markup.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\r' or '\n' => escaped.Append(' '),
                '|' or '<' or '>' or '[' or ']' or '*' or '_' or '`' or '\\' or '#' or '!' or '~' or '&' => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    private static string TextOf(object? value) => value switch
    {
        null => "–",
        double real => real.ToString("0.####", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
