using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// Our Markdown as lines of runs: what every system can show, and no more. HTML stays the text that it is, and a link is one
/// only where it leads to http(s).
/// </summary>
/// <param name="Headline">The first line; null when there is none.</param>
/// <param name="Body">What may be left out, most important first.</param>
/// <param name="Footer">What stands behind the last rule; empty when there is none.</param>
internal sealed record MarkdownDocument(MarkdownLine? Headline, IReadOnlyList<MarkdownLine> Body, IReadOnlyList<MarkdownLine> Footer)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static MarkdownDocument Parse(string markdown)
    {
        var blocks = Markdig.Markdown.Parse(Clean(markdown), Pipeline).ToList();
        var rule = blocks.FindLastIndex(block => block is ThematicBreakBlock);
        var lines = Lines(rule < 0 ? blocks : blocks[..rule]);
        var footer = Lines(rule < 0 ? [] : blocks[(rule + 1)..]);
        return new MarkdownDocument(lines.FirstOrDefault(), [.. lines.Skip(1)], footer);
    }

    private static List<MarkdownLine> Lines(IEnumerable<Block> blocks)
    {
        List<MarkdownLine> lines = [];
        foreach (var block in blocks)
        {
            Add(lines, block, depth: 0);
        }

        return [.. lines.Where(line => line.Runs.Count > 0)];
    }

    private static void Add(List<MarkdownLine> lines, Block block, int depth)
    {
        switch (block)
        {
            case HeadingBlock heading:
                lines.Add(new MarkdownLine(LineKind.Heading, 0, 0, RunsOf(heading.Inline)));
                break;
            case ListBlock list:
                AddItems(lines, list, depth + 1);
                break;
            case CodeBlock code:
                lines.Add(new MarkdownLine(LineKind.Code, 0, 0, [new Run(code.Lines.ToString(), Code: true)]));
                break;
            case ContainerBlock container: // A quotation: what it says counts.
                foreach (var child in container)
                {
                    Add(lines, child, depth);
                }

                break;
            case LeafBlock leaf:
                lines.Add(MarkdownLine.Paragraph(RunsOf(leaf.Inline)));
                break;
        }
    }

    private static void AddItems(List<MarkdownLine> lines, ListBlock list, int depth)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart, out var start) ? start : list.IsOrdered ? 1 : 0;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            List<Run> runs = [];
            foreach (var leaf in item.OfType<ParagraphBlock>())
            {
                runs.AddRange(runs.Count == 0 ? RunsOf(leaf.Inline) : [new Run(" "), .. RunsOf(leaf.Inline)]);
            }

            lines.Add(new MarkdownLine(LineKind.Item, depth, number, runs.Count == 0 ? [new Run("\u2013")] : runs));
            number += list.IsOrdered ? 1 : 0;
            foreach (var nested in item.Where(child => child is not ParagraphBlock))
            {
                Add(lines, nested, depth);
            }
        }
    }

    private static List<Run> RunsOf(ContainerInline? inlines)
    {
        List<Run> runs = [];
        AddRuns(runs, inlines, new Run(""));
        return runs;
    }

    private static void AddRuns(List<Run> runs, ContainerInline? container, Run style)
    {
        foreach (var inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Append(runs, style with { Text = literal.Content.ToString() });
                    break;
                case CodeInline code:
                    runs.Add(style with { Text = code.Content, Code = true });
                    break;
                case LineBreakInline:
                    Append(runs, style with { Text = " " });
                    break;
                case HtmlEntityInline entity:
                    Append(runs, style with { Text = entity.Transcoded.ToString() });
                    break;
                case AutolinkInline auto:
                    runs.Add(style with { Text = auto.Url, Link = Followed(auto.Url) });
                    break;
                case EmphasisInline emphasis:
                    AddRuns(runs, emphasis, emphasis.DelimiterCount >= 2 ? style with { Bold = true } : style with { Italic = true });
                    break;
                case LinkInline link:
                    AddRuns(runs, link, style with { Link = Followed(link.Url) });
                    if (Followed(link.Url) is null) // A path on somebody's machine: to read, not to follow.
                    {
                        Append(runs, style with { Text = $" ({link.Url})" });
                    }

                    break;
                case ContainerInline other:
                    AddRuns(runs, other, style);
                    break;
            }
        }
    }

    private static string? Followed(string? url)
        => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address.AbsoluteUri // Escaped wholly: no sign is left in it that a format gives a meaning to.
            : null;

    private static void Append(List<Run> runs, Run run)
    {
        if (run.Text.Length == 0)
        {
            return;
        }

        if (runs is [.., var last] && last with { Text = "" } == run with { Text = "" })
        {
            runs[^1] = last with { Text = last.Text + run.Text };
        }
        else
        {
            runs.Add(run);
        }
    }

    // Half a character breaks JSON, and marks that turn the direction of reading let a text show something else than it says.
    private static string Clean(string markdown)
    {
        var clean = new StringBuilder(markdown.Length);
        foreach (var rune in markdown.EnumerateRunes()) // Lone surrogates come as U+FFFD.
        {
            if (rune.Value is not ('\0' or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }
}
