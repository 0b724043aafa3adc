namespace Aiops.Tickets.Markdown;

/// <summary>What all formats share: which lines stay when not all fit.</summary>
internal abstract class TicketFormat : ITicketFormat
{
    private static readonly MarkdownLine CutHere = MarkdownLine.Paragraph(new Run("Cut here for length; the full report has the rest.", Italic: true));

    public abstract int MaxLength { get; }

    /// <summary>How long a body is in what the system counts.</summary>
    public virtual int Length(string body) => body.Length;

    public string Render(string markdown, string marker)
    {
        CheckMarker(marker);
        var document = MarkdownDocument.Parse(markdown);
        MarkdownLine[] head = document.Headline is { } headline ? [headline] : [];
        var whole = Compose([.. head, .. document.Body], document.Footer, marker);
        if (Length(whole) <= MaxLength)
        {
            return whole;
        }

        var kept = Most(document.Body.Count, count => WithFirst(head, document, count, marker));
        return kept ?? WithCutHead(document, marker);
    }

    /// <summary>The body of these lines and the footer, the marker within.</summary>
    protected abstract string Compose(IReadOnlyList<MarkdownLine> lines, IReadOnlyList<MarkdownLine> footer, string marker);

    private string WithFirst(IReadOnlyList<MarkdownLine> head, MarkdownDocument document, int count, string marker)
    {
        while (count > 0 && document.Body[count - 1].Kind == LineKind.Heading) // Over nothing it says nothing.
        {
            count--;
        }

        return Compose([.. head, .. document.Body.Take(count), CutHere], document.Footer, marker);
    }

    // A headline that alone is too long, which ours never is.
    private string WithCutHead(MarkdownDocument document, string marker)
    {
        var head = document.Headline!;
        return Most(head.Text.Length, length => Compose([head with { Runs = CutRuns(head.Runs, length) }, CutHere], document.Footer, marker))
            ?? throw new ArgumentException("The footer alone is longer than the system takes.", nameof(document));
    }

    private static List<Run> CutRuns(IReadOnlyList<Run> runs, int length)
    {
        List<Run> cut = [];
        foreach (var run in runs)
        {
            cut.Add(run.Cut(Math.Min(run.Text.Length, length)));
            length -= Math.Min(run.Text.Length, length);
        }

        return [.. cut.Where(run => run.Text.Length > 0), new Run("…")];
    }

    /// <summary>The composition of the most that fits, or null when not even none does. More is never shorter.</summary>
    private string? Most(int all, Func<int, string> compose)
    {
        string? best = null;
        for (int low = 0, high = all; low <= high;)
        {
            var middle = low + ((high - low) / 2);
            var body = compose(middle);
            if (Length(body) <= MaxLength)
            {
                (best, low) = (body, middle + 1);
            }
            else
            {
                high = middle - 1;
            }
        }

        return best;
    }

    // It stands in comments, ids and searches; a mark that needs escaping anywhere would not be found again.
    private static void CheckMarker(string marker)
    {
        if (marker.Length is 0 or > 200 || marker.Contains("--", StringComparison.Ordinal)
            || marker.Any(c => !char.IsAsciiLetterOrDigit(c) && !":._/-".Contains(c, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"A marker has 1 to 200 letters, digits and :._/- without --, unlike \"{marker}\".", nameof(marker));
        }
    }
}
