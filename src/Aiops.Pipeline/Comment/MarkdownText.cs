using System.Globalization;
using System.Text;

namespace Aiops.Pipeline.Comment;

/// <summary>Foreign text inside our Markdown: shown as it is, whatever it holds. A log line must not become a link or a mention.</summary>
public static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>()#+!|~@&$^";
    private const char NoMention = '\u200B'; // A zero-width space: systems look for mentions after rendering, where no escape is left.

    private static readonly string[] SchemesWithoutSlashes = ["mailto", "tel", "xmpp"];

    /// <summary>One line of plain text, every character with a meaning escaped, cut to the length with an ellipsis.</summary>
    public static string Escape(string text, int longest = 500)
    {
        text = Line(text, longest);
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (Special.Contains(text[i], StringComparison.Ordinal) || BeginsList(text, i) || BeginsLink(text, i) || IsDoubled(text, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(text[i]);
            if (IsMention(text, i))
            {
                escaped.Append(NoMention);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Inline code, as it is: the marks around it are longer than any in it.</summary>
    public static string Code(string text, int longest = 200)
    {
        text = Line(text, longest);
        var marks = new string('`', LongestRun(text) + 1);
        var pad = marks.Length > 1 || text.Length == 0 ? " " : "";
        return $"{marks}{pad}{text}{pad}{marks}";
    }

    /// <summary>
    /// One line of plain text: breaks and other control characters become spaces, marks that turn the direction of reading are
    /// dropped, and what is longer ends in an ellipsis.
    /// </summary>
    public static string Line(string text, int longest = 500)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var c in text)
        {
            if (line.Length > longest)
            {
                break;
            }

            var category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator)
            {
                line.Append(line.Length == 0 ? "" : " ");
            }
            else if (category != UnicodeCategory.Format)
            {
                line.Append(c);
            }
        }

        return Shorten(line.ToString().TrimEnd(), longest);
    }

    /// <summary>A link. The address is ours, and may be a path with spaces.</summary>
    public static string Link(string title, string address)
    {
        address = address.Replace("\\", "/", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal);
        return address.Any(c => c is ' ' or '(' or ')') ? $"[{Escape(title)}](<{address}>)" : $"[{Escape(title)}]({address})";
    }

    private static bool BeginsList(string text, int at) => text[at] switch
    {
        '-' => at == 0,
        '.' => at > 0 && !text.AsSpan(0, at).ContainsAnyExceptInRange('0', '9'),
        _ => false,
    };

    // "https://…" and "www.…" become links by themselves.
    private static bool BeginsLink(string text, int at) => text[at] switch
    {
        ':' => (at + 1 < text.Length && text[at + 1] == '/')
            || SchemesWithoutSlashes.Any(scheme => text.AsSpan(0, at).EndsWith(scheme, StringComparison.OrdinalIgnoreCase)),
        '.' => text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    // "==marked==" and "::class" mean something where the system's Markdown is rich.
    private static bool IsDoubled(string text, int at)
        => text[at] is '=' or ':' && ((at > 0 && text[at - 1] == text[at]) || (at + 1 < text.Length && text[at + 1] == text[at]));

    // "@team" and "#12" call people or tie tickets together; "image@sha256:…" doesn't.
    private static bool IsMention(string text, int at)
        => text[at] is '@' or '#' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest >= 2 && char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1; // Never half a character.
        return text[..end] + "…";
    }
}
