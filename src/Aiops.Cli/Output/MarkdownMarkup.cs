using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Aiops.Cli.Output;

/// <summary>The little Markdown that our own comments use, as terminal markup: headings, bold, code, links, lists, escapes.</summary>
internal static partial class MarkdownMarkup
{
    public static string Of(string markdown)
    {
        var text = new StringBuilder();
        var inFence = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inFence = !inFence;
                continue;
            }

            text.Append(inFence ? $"[aqua]{Markup.Escape(line)}[/]" : OfLine(line)).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string OfLine(string line)
    {
        var heading = Heading().Match(line);
        return heading.Success ? $"[bold underline]{Inline(line[heading.Length..])}[/]" : Inline(line);
    }

    private static string Inline(string line)
    {
        var escaped = Markup.Escape(line);
        escaped = Code().Replace(escaped, "[aqua]${text}[/]");
        escaped = Bold().Replace(escaped, "[bold]${text}[/]");
        return Escape().Replace(escaped, "${text}");
    }

    [GeneratedRegex(@"^#{1,6} ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(?<text>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*(?<text>[^*]+)\*\*", RegexOptions.NonBacktracking)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\\(?<text>[!-/:-@\[-`{-~])", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
