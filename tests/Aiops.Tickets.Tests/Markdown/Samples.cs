using System.Text;
using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Tests.Markdown;

/// <summary>Comments of the shape that CommentRenderer makes, as long and as hostile as wanted.</summary>
internal static class Samples
{
    public const string Marker = "aiops:INC-20260301-0042:comment";
    public const string Report = "https://reports.example/incidents/INC-20260301-0042/report.html?sig=a_b*c&x=(1)";

    public static readonly string[] Hostile =
    [
        "<!channel>", "<!here|x>", "<@U123>", "@everyone", "@here", "@team", "{code}", "{noformat}", "[~admin]", "[~accountid:5b10]", "<script>alert(1)</script>",
        "{\"type\":\"mention\",\"attrs\":{\"id\":\"1\"}}", "\u202Egnp.exe", "[code]<b>x</b>[/code]", "*bold*", "_it_", "~gone~", "`tick`", "```", "#12", "owner/repo#7",
        "GH-7", "r12", "commit:abc", "{{include(Secret)}}", "[[Wiki]]", "h1. Big", "bq. Quote", "\"click\":https://evil.example", "!https://evil.example/p.png!",
        "https://evil.example/", "[click](https://evil.example)", "%{color:red}x%", "<at>All</at>", "&lt;b&gt;", "\ud83d\ude00", "日本", "a\nb", "| a | b |", "=====", "x_y_z", "C:\\dir",
        "==hl==", "-- ", "- item", "1. item", "ABC(DEF)", "--><b>",
    ];

    public static string Comment(params IReadOnlyList<string> texts)
    {
        var comment = new StringBuilder("**SEV2 errors: checkout 5xx** since 2026-03-01 10:00 UTC · checkout\n\n3 alarms, 2 still firing.\n\n");
        comment.Append("### Most probable cause\n\n");
        for (var i = 0; i < texts.Count; i++)
        {
            comment.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}. **{MarkdownText.Escape(texts[i])}** — likely, 60 %\n   - for: {MarkdownText.Escape(texts[i])} (E{i})\n   - against: nothing\n");
        }

        comment.Append("\n### What to do\n\n");
        foreach (var text in texts)
        {
            comment.Append(System.Globalization.CultureInfo.InvariantCulture, $"- **{MarkdownText.Escape(text)}** (risk: low)\n  - run it {MarkdownText.Code(text)}\n  - it worked if: {MarkdownText.Escape(text)}\n");
        }

        return comment.Append("\n*Missing:* traces denied\n\n---\n").Append(MarkdownText.Link("Full report", Report)).Append(" · analysis 1, no model\n").ToString();
    }
}
