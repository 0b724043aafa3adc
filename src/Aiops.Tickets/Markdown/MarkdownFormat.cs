using System.Globalization;
using System.Text;
using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Markdown;

/// <summary>Markdown again, within a length and without what the system finds in it after rendering, where escapes are gone.</summary>
internal abstract class MarkdownFormat : TicketFormat
{
    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker)
    {
        var text = new StringBuilder();
        AppendAll(text, lines);
        text.Append("---\n\n");
        AppendAll(text, footer);
        return text.Append(Hidden(marker)).Append('\n').ToString();
    }

    /// <summary>The marker as the system stores it and people don't see it, or hardly.</summary>
    protected virtual string Hidden(string marker) => $"<!-- {marker} -->";

    /// <summary>Breaks what the system would find in a rendered text: mentions, tickets, macros.</summary>
    protected abstract string Neutral(string text);

    /// <summary>Whether the system leaves it alone within the marks of code.</summary>
    protected virtual bool IsCodeKept(string code) => true;

    private void AppendAll(StringBuilder text, IReadOnlyList<MarkdownLine> lines)
    {
        List<int> widths = []; // How far each list's items stand from its own edge.
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Kind == LineKind.Item)
            {
                var mark = line.Number > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line.Number}. ") : "- ";
                var above = Math.Min(line.Depth - 1, widths.Count);
                widths.RemoveRange(above, widths.Count - above);
                text.Append(' ', widths.Sum()).Append(mark).Append(Runs(line.Runs)).Append('\n');
                widths.Add(mark.Length);
                if (i + 1 == lines.Count || lines[i + 1].Kind != LineKind.Item)
                {
                    text.Append('\n');
                    widths.Clear();
                }
            }
            else
            {
                text.Append(line.Kind switch
                {
                    LineKind.Heading => $"### {Runs(line.Runs)}",
                    LineKind.Code => Fenced(line.Text),
                    _ => Runs(line.Runs),
                }).Append("\n\n");
            }
        }
    }

    private string Runs(IReadOnlyList<Run> runs) => string.Concat(runs.Select(Shown));

    private string Shown(Run run)
    {
        if (run.Code && IsCodeKept(run.Text))
        {
            return MarkdownText.Code(run.Text, int.MaxValue);
        }

        // Marks hold only against a letter, not against a space: spaces stay outside.
        var inner = run.Text.Trim(' ');
        if (inner.Length == 0)
        {
            return run.Text;
        }

        var lead = run.Text[..run.Text.IndexOf(inner, StringComparison.Ordinal)];
        var shown = Neutral(MarkdownText.Escape(inner, int.MaxValue));
        shown = run.Link is { } link ? $"[{shown}](<{link}>)" : shown;
        var marks = (run.Bold ? "**" : "") + (run.Italic ? "*" : "");
        return $"{lead}{marks}{shown}{string.Concat(marks.Reverse())}{run.Text[(lead.Length + inner.Length)..]}";
    }

    private static string Fenced(string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        return $"{fence}\n{code}\n{fence}";
    }
}
