using System.Text;

namespace Aiops.Pipeline.Comment;

/// <summary>Foreign text inside our Markdown: shown as it is, whatever it holds. A log line must not become a link or a mention.</summary>
public static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>()#+!|~@";

    /// <summary>One line of plain text, every character with a meaning escaped, cut to the length with an ellipsis.</summary>
    public static string Escape(string text, int longest = 500)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in Shorten(text, longest))
        {
            if (char.IsControl(c))
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Inline code. A backtick inside can't be escaped there, so it becomes an apostrophe.</summary>
    public static string Code(string text, int longest = 200)
        => $"`{string.Concat(Shorten(text, longest).Select(c => c == '`' ? '\'' : char.IsControl(c) ? ' ' : c))}`";

    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1; // Never half a character.
        return text[..end] + "…";
    }
}
