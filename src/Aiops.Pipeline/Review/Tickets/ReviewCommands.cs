using System.Globalization;
using Aiops.Pipeline.Comment;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>
/// Finds the commands in a reply: a line each, anywhere in it. What is quoted, or code, was said by somebody else or is an
/// example, and asks for nothing.
/// </summary>
public static class ReviewCommands
{
    /// <summary>What a line begins with, in any case.</summary>
    public const string Word = "/aiops";

    /// <summary>Lines after these are not read: nobody means so many.</summary>
    public const int Most = 10;

    /// <summary>The longest cause in characters; the rest becomes an ellipsis.</summary>
    public const int LongestCause = 2_000;

    private const int LongestComponent = 300;
    private const int LargestNumber = 99;

    // Jira's and Textile's marks besides Markdown's, each with what ends it.
    private static readonly (string Begins, string Ends)[] Blocks =
        [("```", "```"), ("~~~", "~~~"), ("{code", "{code}"), ("{noformat}", "{noformat}"), ("{quote}", "{quote}"), ("<pre", "</pre>"), ("<code", "</code>"), ("<blockquote", "</blockquote>"), ("[code]", "[/code]")];

    public static IReadOnlyList<ReviewCommand> Read(string reply)
    {
        List<ReviewCommand> commands = [];
        string? until = null;
        foreach (var raw in reply.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = MarkdownText.Line(raw, int.MaxValue - 1);
            if (until is not null)
            {
                until = line.Contains(until, StringComparison.OrdinalIgnoreCase) ? null : until;
            }
            else if (Array.FindIndex(Blocks, block => line.StartsWith(block.Begins, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
            {
                until = line.IndexOf(Blocks[at].Ends, Blocks[at].Begins.Length, StringComparison.OrdinalIgnoreCase) >= 0 ? null : Blocks[at].Ends;
            }
            else if (!IsIndentedCode(raw) && IsCommand(line) && commands.Count < Most)
            {
                commands.Add(Parse(line));
            }
        }

        return commands;
    }

    // Four spaces make code in Markdown; a client that indents a reply so would otherwise order things by quoting.
    private static bool IsIndentedCode(string raw) => raw.StartsWith("    ", StringComparison.Ordinal) || raw.StartsWith('\t');

    private static bool IsCommand(string line)
        => line.StartsWith(Word, StringComparison.OrdinalIgnoreCase) && (line.Length == Word.Length || line[Word.Length] == ' ');

    private static ReviewCommand Parse(string line)
    {
        var said = line[Word.Length..].Trim();
        var (verb, rest) = said.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (said[..space], said[space..].Trim()) : (said, "");
        return (verb.TrimEnd('.', '!', ':', ',').ToLowerInvariant(), rest) switch
        {
            ("", _) or ("help", _) or ("?", _) => new ReviewCommand.Help(),
            ("confirm" or "confirmed", "") => new ReviewCommand.Confirm(),
            ("wrong", "") => new ReviewCommand.Wrong(),
            ("explain", "") => new ReviewCommand.Explain(),
            ("cause", _) => ParseCause(line, rest),
            ("severity", _) => ParseSeverity(line, rest),
            ("useful", _) => ParseUseful(line, rest),
            ("confirm" or "confirmed" or "wrong" or "explain", _) => new ReviewCommand.NotUnderstood(line, $"\"{verb}\" takes nothing behind it; a cause is named by \"cause COMPONENT: what it was\"."),
            _ => new ReviewCommand.NotUnderstood(line, "there is no such command."),
        };
    }

    // ARNs hold colons, so the one that ends a component is the first before a space; where none is, the first.
    private static ReviewCommand ParseCause(string line, string rest)
    {
        var colon = rest.IndexOf(": ", StringComparison.Ordinal);
        colon = colon >= 0 ? colon : rest.EndsWith(':') ? rest.Length - 1 : IsArn(rest) ? -1 : rest.IndexOf(':', StringComparison.Ordinal);
        var component = (colon >= 0 ? rest[..colon] : rest).Trim().Trim('`', '"', '*').Trim();
        var insists = component.EndsWith('!');
        component = component.TrimEnd('!').Trim().Trim('`', '"', '*');
        var what = colon >= 0 ? rest[(colon + 1)..].Trim() : "";
        return component.Length is > 0 and <= LongestComponent
            ? new ReviewCommand.Cause(component, what.Length > 0 ? MarkdownText.Line(what, LongestCause) : null, insists)
            : new ReviewCommand.NotUnderstood(line, "name the component and what it was: \"cause checkout-db: connection pool exhausted\".");
    }

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.OrdinalIgnoreCase);

    private static ReviewCommand ParseSeverity(string line, string rest) => rest.TrimEnd('.', '!').ToLowerInvariant() switch
    {
        "sev1" or "1" => new ReviewCommand.Severe(Severity.Sev1),
        "sev2" or "2" => new ReviewCommand.Severe(Severity.Sev2),
        "sev3" or "3" => new ReviewCommand.Severe(Severity.Sev3),
        "sev4" or "4" => new ReviewCommand.Severe(Severity.Sev4),
        _ => new ReviewCommand.NotUnderstood(line, "name one from sev1, the worst, to sev4: \"severity sev2\"."),
    };

    private static ReviewCommand ParseUseful(string line, string rest)
    {
        List<int> numbers = [];
        foreach (var word in rest.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word is not ("and" or "&")))
        {
            if (!int.TryParse(word.TrimStart('#').TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > LargestNumber)
            {
                return new ReviewCommand.NotUnderstood(line, "name the numbers of the actions that helped: \"useful 1 3\".");
            }

            numbers.Add(number);
        }

        return numbers.Count > 0
            ? new ReviewCommand.Useful([.. numbers.Distinct().Order()])
            : new ReviewCommand.NotUnderstood(line, "name the numbers of the actions that helped: \"useful 1 3\".");
    }
}
