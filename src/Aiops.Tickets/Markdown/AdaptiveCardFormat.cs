using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// An adaptive card, for Microsoft Teams. Text runs and not text blocks: those read Markdown, which foreign text would then be.
/// A mention needs an entity of its own beside the text, and there is none.
/// </summary>
/// <remarks>
/// Schema 1.4, which Teams shows everywhere ("Format cards in Microsoft Teams", "Incoming webhooks": a message takes 28 KB).
/// Counted in bytes of UTF-8; the rest is for the envelope. The marker is the card's last element's id.
/// </remarks>
internal sealed class AdaptiveCardFormat : TicketFormat
{
    private const int LongestAddress = 2_000;

    public override int MaxLength => 26_000;

    public override int Length(string body) => Encoding.UTF8.GetByteCount(body);

    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker) => JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        json.WriteEndObject();
        json.WriteStartArray("body");
        WriteAll(json, lines, id: null);
        WriteAll(json, footer.Count == 0 ? [MarkdownLine.Paragraph(new Run("–"))] : footer, marker);
        json.WriteEndArray();
        WriteLinks(json, [.. footer.SelectMany(line => line.Runs).Where(run => run.Link is { Length: <= LongestAddress })]);
        json.WriteEndObject();
    });

    /// <param name="id">The last element's; null above the footer.</param>
    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<MarkdownLine> lines, string? id)
    {
        var subtle = id is not null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            json.WriteStartObject();
            json.WriteString("type", "RichTextBlock");
            if (line.Kind == LineKind.Item)
            {
                json.WriteString("spacing", "None");
            }

            if (id is not null && i == lines.Count - 1)
            {
                json.WriteString("id", id);
            }

            json.WriteStartArray("inlines");
            if (line.Kind == LineKind.Item)
            {
                var mark = line.Number > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line.Number}. ") : "• ";
                WriteRun(json, new Run(new string('\u2003', line.Depth - 1) + mark), heading: false, subtle);
            }

            foreach (var run in line.Runs)
            {
                WriteRun(json, run, line.Kind == LineKind.Heading, subtle);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteRun(Utf8JsonWriter json, Run run, bool heading, bool subtle)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", run.Text);
        foreach (var (on, name, value) in new[]
        {
            (run.Bold || heading, "weight", "Bolder"), (heading, "size", "Medium"), (run.Code, "fontType", "Monospace"),
        })
        {
            if (on)
            {
                json.WriteString(name, value);
            }
        }

        foreach (var (on, name) in new[] { (run.Italic, "italic"), (subtle, "isSubtle") })
        {
            if (on)
            {
                json.WriteBoolean(name, true);
            }
        }

        WriteLink(json, run.Link, "selectAction");
        json.WriteEndObject();
    }

    // Not every client lets a text run be clicked: the footer's links are buttons as well.
    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<Run> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        json.WriteStartArray("actions");
        foreach (var link in links.DistinctBy(run => run.Link))
        {
            json.WriteStartObject();
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("title", link.Text);
            json.WriteString("url", link.Link);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLink(Utf8JsonWriter json, string? link, string name)
    {
        if (link is not null)
        {
            json.WriteStartObject(name);
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("url", link);
            json.WriteEndObject();
        }
    }
}
