using Aiops.Pipeline.Comment;

namespace Aiops.Tickets;

/// <summary>What a ticket says before our comment.</summary>
public static class TicketText
{
    private const int MostLines = 60;
    private const int LongestLine = 1_000;

    /// <summary>The description as Markdown: text from an alarm, shown as it is, whatever it holds.</summary>
    public static string Description(TicketContent content)
    {
        var lines = content.Description.ReplaceLineEndings("\n").Split('\n');
        var shown = lines.Take(MostLines).Select(line => MarkdownText.Escape(line, LongestLine));
        return string.Join("\\\n", shown) + (lines.Length > MostLines ? "\\\n…" : "") + "\n";
    }

    /// <summary>One line, at most so long.</summary>
    public static string Title(TicketContent content, int longest) => MarkdownText.Line(content.Title, longest) is { Length: > 0 } title ? title : "Incident";
}
