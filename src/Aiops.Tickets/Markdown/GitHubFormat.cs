using System.Text.RegularExpressions;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// GitHub-flavoured Markdown. GitHub looks for mentions and references in what is rendered, so that escapes don't keep them
/// off; a zero-width space does. Its limit of 65,536 is on characters of the body.
/// </summary>
internal sealed partial class GitHubFormat : MarkdownFormat
{
    public override int MaxLength => 65_536;

    protected override string Neutral(string text) => Reference().Replace(text, "$0\u200B");

    // @team, #12, owner/repository#12, GH-12.
    [GeneratedRegex(@"[@#](?=[\p{L}\p{N}])|\bGH(?=\\?-[0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
