using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// Plain text, for systems whose own mark-up is worse than none. ServiceNow shows HTML between <c>[code]</c> marks, but only
/// where an administrator allows it, and shows the marks themselves where not; OpsCenter shows operational data as it is.
/// </summary>
/// <param name="maxLength">Characters, or bytes of UTF-8.</param>
internal sealed partial class PlainTextFormat(int maxLength, bool countsBytes) : TicketFormat
{
    /// <summary>
    /// An incident's description holds 4,000 characters as it is shipped ("Field types" in ServiceNow's documentation); the
    /// rest is for what the alarm itself said and what people add.
    /// </summary>
    public static PlainTextFormat ServiceNow { get; } = new(3_400, countsBytes: false);

    /// <summary>"OperationalData" in the Systems Manager API: a value takes 20 KB, of which our own quotation marks take some.</summary>
    public static PlainTextFormat OpsCenter { get; } = new(20_000, countsBytes: true);

    public override int MaxLength => maxLength;

    public override int Length(string body) => countsBytes ? Encoding.UTF8.GetByteCount(body) : body.Length;

    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker)
    {
        var text = new StringBuilder();
        AppendAll(text, lines);
        text.Append('\n');
        AppendAll(text, footer);
        return text.Append(marker).Append('\n').ToString();
    }

    private static void AppendAll(StringBuilder text, IReadOnlyList<MarkdownLine> lines)
    {
        foreach (var line in lines)
        {
            text.Append(line.Kind switch
            {
                LineKind.Heading => "\n",
                LineKind.Item => new string(' ', 3 * (line.Depth - 1)) + (line.Number > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line.Number}. ") : "• "),
                _ => "",
            });
            var shown = CodeTag().Replace(string.Concat(line.Runs.Select(Shown)), "$0\u200B");
            text.Append(line.Kind == LineKind.Heading ? shown.ToUpperInvariant() : shown).Append('\n');
        }
    }

    private static string Shown(Run run) => run.Link is { } link ? $"{run.Text}: {link}" : run.Text;

    // "[code]" in a log line would let the rest of it be HTML.
    [GeneratedRegex(@"\[(?=/?code\])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeTag();
}
