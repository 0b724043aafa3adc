using System.Globalization;
using System.Text;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// Textile as Redmine shows it, its formatting as installed. Textile has no escapes, but Redmine leaves character references
/// alone: a sign that could mean something is written as one.
/// </summary>
internal sealed class TextileFormat : TicketFormat
{
    // Each means something next to a word's edge; within a word (web-1, db_pool) Textile leaves most of them alone.
    private const string AtEdges = "*_+-^~%?";
    private const string Always = "@!|\"[]{}<>&#=\\()";

    public override int MaxLength => RedmineText.MaxBytes;

    public override int Length(string body) => Encoding.UTF8.GetByteCount(body);

    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker)
    {
        var text = new StringBuilder();
        AppendAll(text, lines);
        text.Append("---\n\n");
        AppendAll(text, footer);
        return text.Append('~').Append(marker).Append("~\n").ToString(); // No comment survives; small is as near as it gets.
    }

    private static void AppendAll(StringBuilder text, IReadOnlyList<MarkdownLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var shown = string.Concat(line.Runs.Select(Shown));
            if (line.Kind == LineKind.Item)
            {
                text.Append(line.Number > 0 ? '#' : '*', line.Depth).Append(' ').Append(shown).Append('\n');
                if (i + 1 == lines.Count || lines[i + 1].Kind != LineKind.Item)
                {
                    text.Append('\n');
                }
            }
            else
            {
                text.Append(line.Kind switch { LineKind.Heading => $"h3. {shown}", LineKind.Code when Verbatim(line.Text) is { } code => $"<pre>{code}</pre>", _ => shown }).Append("\n\n");
            }
        }
    }

    private static string Shown(Run run)
    {
        if (run.Code)
        {
            return Verbatim(run.Text) is { } verbatim ? $"<code>{verbatim}</code>" : Escape(run.Text);
        }

        var inner = run.Text.Trim(' ');
        if (inner.Length == 0)
        {
            return run.Text;
        }

        var lead = run.Text[..run.Text.IndexOf(inner, StringComparison.Ordinal)];
        var shown = Escape(inner);
        shown = run.Link is { } link ? $"\"{shown}\":{link}" : shown;
        var marks = (run.Bold ? "*" : "") + (run.Italic ? "_" : "");
        return $"{lead}{marks}{shown}{string.Concat(marks.Reverse())}{run.Text[(lead.Length + inner.Length)..]}";
    }

    /// <summary>Null when it holds what would end it, or a macro.</summary>
    private static string? Verbatim(string code)
        => code.Contains("</", StringComparison.Ordinal) || RedmineText.HoldsMacro(code) ? null : code;

    private static string Escape(string text)
    {
        text = RedmineText.Neutral(text);
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Always.Contains(c, StringComparison.Ordinal) || (AtEdges.Contains(c, StringComparison.Ordinal) && !IsWithinWord(text, i)) || BeginsBlock(text, i) || BeginsLink(text, i))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool IsWithinWord(string text, int at)
        => at > 0 && at + 1 < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    // "bq. ", "h1. ", "fn2. " begin blocks: the first full stop of a text, when only letters and digits stand before it.
    private static bool BeginsBlock(string text, int at) => text[at] == '.' && text.AsSpan(0, at).IndexOfAnyExcept(LettersAndDigits) < 0;

    private static bool BeginsLink(string text, int at) => text[at] switch
    {
        ':' => true, // https://…, mailto:…, and what stands behind a quotation.
        '.' => text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static readonly System.Buffers.SearchValues<char> LettersAndDigits
        = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
