namespace Aiops.Tickets.Markdown;

/// <summary>Lines as a tree again, for formats in which lists hold lists.</summary>
internal static class ListNesting
{
    /// <summary>Lines that stand alone, and lists of neighbouring items.</summary>
    public static IEnumerable<(MarkdownLine? Line, ItemList? List)> Nest(IReadOnlyList<MarkdownLine> lines)
    {
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Kind == LineKind.Item)
            {
                yield return (null, ListFrom(lines, ref at, lines[at].Depth));
            }
            else
            {
                yield return (lines[at++], null);
            }
        }
    }

    private static ItemList ListFrom(IReadOnlyList<MarkdownLine> lines, ref int at, int depth)
    {
        List<NestedItem> items = [];
        var first = lines[at];
        while (at < lines.Count && lines[at] is { Kind: LineKind.Item } line && line.Depth >= depth)
        {
            if (line.Depth > depth && items.Count > 0)
            {
                items[^1].Lists.Add(ListFrom(lines, ref at, line.Depth));
            }
            else if (line.Number > 0 == first.Number > 0)
            {
                items.Add(new NestedItem(line.Runs, []));
                at++;
            }
            else
            {
                break; // A numbered list behind one of points.
            }
        }

        return new ItemList(first.Number, items);
    }
}

/// <param name="Start">The first item's number; 0 for points.</param>
internal sealed record ItemList(int Start, IReadOnlyList<NestedItem> Items);

internal sealed record NestedItem(IReadOnlyList<Run> Runs, List<ItemList> Lists);
