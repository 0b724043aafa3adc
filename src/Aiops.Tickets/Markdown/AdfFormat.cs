using System.Text.Json;

namespace Aiops.Tickets.Markdown;

/// <summary>
/// Atlassian Document Format, what Jira Cloud's REST API v3 takes as a comment. Text nodes mean nothing beyond themselves, so
/// a <c>[~user]</c> in a log line calls nobody.
/// </summary>
/// <remarks>
/// Jira's limit of 32,767 characters is documented for the text; people report that a text below it is refused once it is
/// converted. So the whole JSON is counted, which is longer than any of Jira's own forms, with some room for the ids it adds.
/// Nodes and marks by "Atlassian Document Format" on developer.atlassian.com: the mark code goes with link alone.
/// </remarks>
internal sealed class AdfFormat : TicketFormat
{
    public override int MaxLength => 30_000;

    protected override string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker) => JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("type", "doc");
        json.WriteStartArray("content");
        WriteAll(json, lines);
        Start(json, "rule");
        json.WriteEndObject();
        WriteAll(json, footer);
        WriteMarker(json, marker);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<MarkdownLine> lines)
    {
        foreach (var (line, list) in ListNesting.Nest(lines))
        {
            if (line is not null)
            {
                WriteLine(json, line);
            }
            else
            {
                WriteList(json, list!);
            }
        }
    }

    private static void WriteLine(Utf8JsonWriter json, MarkdownLine line)
    {
        Start(json, line.Kind switch { LineKind.Heading => "heading", LineKind.Code => "codeBlock", _ => "paragraph" });
        if (line.Kind == LineKind.Heading)
        {
            json.WriteStartObject("attrs");
            json.WriteNumber("level", 3);
            json.WriteEndObject();
        }

        WriteRuns(json, line.Kind == LineKind.Code ? [new Run(line.Text)] : line.Runs);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, ItemList list)
    {
        Start(json, list.Start > 0 ? "orderedList" : "bulletList");
        if (list.Start > 1)
        {
            json.WriteStartObject("attrs");
            json.WriteNumber("order", list.Start);
            json.WriteEndObject();
        }

        json.WriteStartArray("content");
        foreach (var item in list.Items)
        {
            Start(json, "listItem");
            json.WriteStartArray("content");
            WriteLine(json, MarkdownLine.Paragraph(item.Runs));
            item.Lists.ForEach(nested => WriteList(json, nested));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRuns(Utf8JsonWriter json, IReadOnlyList<Run> runs)
    {
        json.WriteStartArray("content");
        foreach (var run in runs.Where(run => run.Text.Length > 0)) // An empty text node makes the document invalid.
        {
            Start(json, "text");
            json.WriteString("text", run.Text);
            WriteMarks(json, run);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMarks(Utf8JsonWriter json, Run run)
    {
        if (run is { Bold: false, Italic: false, Code: false, Link: null })
        {
            return;
        }

        json.WriteStartArray("marks");
        foreach (var mark in new[] { (run.Code, "code"), (run.Bold && !run.Code, "strong"), (run.Italic && !run.Code, "em") })
        {
            if (mark.Item1)
            {
                Start(json, mark.Item2);
                json.WriteEndObject();
            }
        }

        if (run.Link is { } link)
        {
            Start(json, "link");
            json.WriteStartObject("attrs");
            json.WriteString("href", link);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Nothing can be hidden in a document: small and last is as near as it gets.
    private static void WriteMarker(Utf8JsonWriter json, string marker)
    {
        Start(json, "paragraph");
        json.WriteStartArray("content");
        Start(json, "text");
        json.WriteString("text", marker);
        json.WriteStartArray("marks");
        Start(json, "subsup");
        json.WriteStartObject("attrs");
        json.WriteString("type", "sub");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }
}
