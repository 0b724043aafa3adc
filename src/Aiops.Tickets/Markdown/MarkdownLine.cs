namespace Aiops.Tickets.Markdown;

/// <summary>The smallest block that is of use alone, and the smallest that is left out for length.</summary>
/// <param name="Depth">How deep in lists: 1 for an item of a list that stands in no other; 0 for the rest.</param>
/// <param name="Number">An item's number; 0 where it has none.</param>
internal sealed record MarkdownLine(LineKind Kind, int Depth, int Number, IReadOnlyList<Run> Runs)
{
    public static MarkdownLine Paragraph(params IReadOnlyList<Run> runs) => new(LineKind.Paragraph, 0, 0, runs);

    public string Text => string.Concat(Runs.Select(run => run.Text));
}

internal enum LineKind
{
    Paragraph,
    Heading,
    Item,

    /// <summary>A block of code; its line breaks stay.</summary>
    Code,
}
