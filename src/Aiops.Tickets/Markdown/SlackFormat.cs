using System.Text.Json;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// Slack's blocks, as a JSON array. Rich text and not <c>mrkdwn</c>: that has no escapes for its own marks, so foreign text
/// could change how it looks; a text element is only ever text, and <c>&lt;!channel&gt;</c> in one calls nobody.
/// </summary>
/// <remarks>
/// "Blocks" and "Rich text block" in Slack's reference: 50 blocks a message, 3,000 characters a text, 255 a block_id. Not there,
/// but seen by many: all blocks of a message together are refused (<c>msg_blocks_too_long</c>) from about 13,000 characters on.
/// The marker is the last block's id, which Slack keeps and nobody sees.
/// </remarks>
internal sealed class SlackFormat : TicketFormat
{
    public const int MaxBlocks = 50;
    public const int MaxText = 3_000;

    public override int MaxLength => 12_000;

    // A message of too many blocks is too long as well.
    public override int Length(string body) => body.Contains(TooMany, StringComparison.Ordinal) ? int.MaxValue : body.Length;

    private const string TooMany = "\u0001too many blocks";

    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker)
    {
        var blocks = Blocks(lines).ToList();
        return blocks.Count > MaxBlocks - 2 ? TooMany : JsonBody.Write(json =>
        {
            json.WriteStartArray();
            foreach (var block in blocks)
            {
                WriteBlock(json, block, id: null);
            }

            json.WriteStartObject();
            json.WriteString("type", "divider");
            json.WriteEndObject();
            WriteBlock(json, footer.Count == 0 ? [MarkdownLine.Paragraph(new Run("–"))] : footer, marker);
            json.WriteEndArray();
        });
    }

    /// <summary>A section a block: what stands under a heading, with it.</summary>
    private static IEnumerable<List<MarkdownLine>> Blocks(IReadOnlyList<MarkdownLine> lines)
    {
        List<MarkdownLine> block = [];
        foreach (var line in lines)
        {
            if (block.Count > 0 && (line.Kind == LineKind.Heading || block.Sum(one => one.Text.Length) + line.Text.Length > MaxText))
            {
                yield return block;
                block = [];
            }

            block.Add(line);
        }

        if (block.Count > 0)
        {
            yield return block;
        }
    }

    private static void WriteBlock(Utf8JsonWriter json, IReadOnlyList<MarkdownLine> lines, string? id)
    {
        json.WriteStartObject();
        json.WriteString("type", "rich_text");
        if (id is not null)
        {
            json.WriteString("block_id", id);
        }

        json.WriteStartArray("elements");
        for (var i = 0; i < lines.Count;)
        {
            var list = lines.Skip(i).TakeWhile(line => SameList(line, lines[i])).ToList();
            if (list.Count > 0)
            {
                WriteList(json, list);
                i += list.Count;
            }
            else
            {
                WriteSection(json, lines[i], lineBreak: i + 1 < lines.Count && lines[i + 1].Kind != LineKind.Item);
                i++;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool SameList(MarkdownLine line, MarkdownLine first)
        => line.Kind == LineKind.Item && line.Depth == first.Depth && line.Number > 0 == first.Number > 0;

    // A list in Slack holds no lists: depth is the list's indent, and a list that goes on says with which number.
    private static void WriteList(Utf8JsonWriter json, List<MarkdownLine> items)
    {
        json.WriteStartObject();
        json.WriteString("type", "rich_text_list");
        json.WriteString("style", items[0].Number > 0 ? "ordered" : "bullet");
        json.WriteNumber("indent", Math.Min(items[0].Depth - 1, 8));
        if (items[0].Number > 1)
        {
            json.WriteNumber("offset", items[0].Number - 1);
        }

        json.WriteStartArray("elements");
        items.ForEach(item => WriteSection(json, item, lineBreak: false));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, MarkdownLine line, bool lineBreak)
    {
        json.WriteStartObject();
        json.WriteString("type", line.Kind == LineKind.Code ? "rich_text_preformatted" : "rich_text_section");
        json.WriteStartArray("elements");
        foreach (var run in line.Runs)
        {
            foreach (var part in Parts(run.Text))
            {
                WriteElement(json, run with { Text = part }, bold: run.Bold || line.Kind == LineKind.Heading, plain: line.Kind == LineKind.Code);
            }
        }

        if (lineBreak && line.Kind != LineKind.Code)
        {
            WriteElement(json, new Run("\n"), bold: false, plain: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Parts(string text)
    {
        while (text.Length > MaxText)
        {
            var part = new Run(text).Cut(MaxText).Text;
            yield return part;
            text = text[part.Length..];
        }

        if (text.Length > 0)
        {
            yield return text;
        }
    }

    private static void WriteElement(Utf8JsonWriter json, Run run, bool bold, bool plain)
    {
        json.WriteStartObject();
        json.WriteString("type", run.Link is null ? "text" : "link");
        if (run.Link is { } link)
        {
            json.WriteString("url", link);
        }

        json.WriteString("text", run.Text);
        if (!plain && (bold || run.Italic || run.Code))
        {
            json.WriteStartObject("style");
            foreach (var (on, name) in new[] { (bold, "bold"), (run.Italic, "italic"), (run.Code, "code") })
            {
                if (on)
                {
                    json.WriteBoolean(name, true);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
