namespace Aiops.Pipeline.Learn.Documents;

/// <summary>A stretch of a document that is found as one.</summary>
/// <param name="Id">The document's.</param>
/// <param name="Title">The document's.</param>
/// <param name="Headings">From the outermost to the one above the text; empty before the first.</param>
public sealed record DocumentSection(string Id, string Title, IReadOnlyList<string> Headings, string Text);

/// <summary>Cuts a document at its headings, and what is long between two of them at its paragraphs.</summary>
/// <remarks>Markdown is read as lines, never run: headings count outside fences alone, everything else is text.</remarks>
public static class DocumentSections
{
    /// <summary>Characters of one section.</summary>
    public const int Longest = 2_000;

    /// <summary>Of one document, so that one file can't fill every answer.</summary>
    public const int Most = 500;

    private const int DeepestHeading = 6;

    /// <summary>In the order of the text, at most <see cref="Most"/>; headings without text below them give none.</summary>
    public static IReadOnlyList<DocumentSection> Of(KnowledgeDocument document) => [.. AllOf(document).Take(Most)];

    /// <summary>Without the limit of their number.</summary>
    public static IEnumerable<DocumentSection> AllOf(KnowledgeDocument document)
    {
        var headings = new string?[DeepestHeading];
        List<string> lines = [];
        string? fence = null;
        foreach (var line in document.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (FenceOf(line) is { } mark && (fence is null || mark.StartsWith(fence, StringComparison.Ordinal)))
            {
                fence = fence is null ? mark : null;
            }

            if (fence is null && HeadingOf(line) is { } heading)
            {
                foreach (var section in SectionsOf(document, headings, lines))
                {
                    yield return section;
                }

                lines.Clear();
                headings[heading.Level - 1] = heading.Text;
                headings.AsSpan(heading.Level).Clear();
            }
            else
            {
                lines.Add(line);
            }
        }

        foreach (var section in SectionsOf(document, headings, lines))
        {
            yield return section;
        }
    }

    /// <summary>The first heading of any level outside fences; null where there is none.</summary>
    public static string? FirstHeading(string markdown)
        => AllOf(new KnowledgeDocument("", "", markdown + "\n\n.")).SelectMany(section => section.Headings).FirstOrDefault();

    private static IEnumerable<DocumentSection> SectionsOf(KnowledgeDocument document, string?[] headings, List<string> lines)
    {
        List<string> path = [.. headings.OfType<string>()];
        foreach (var text in Pieces(string.Join('\n', lines).Trim()))
        {
            yield return new DocumentSection(document.Id, document.Title, path, text);
        }
    }

    private static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.Length;
            if (end - start > Longest)
            {
                var paragraph = text.LastIndexOf("\n\n", start + Longest - 1, Longest, StringComparison.Ordinal);
                end = paragraph > start ? paragraph : WholeCharacters(text, start + Longest);
            }

            if (text[start..end].Trim() is { Length: > 0 } piece)
            {
                yield return piece;
            }

            start = end;
        }
    }

    private static int WholeCharacters(string text, int end) => char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;

    private static string? FenceOf(string line)
    {
        var trimmed = line.TrimStart(' ');
        var mark = trimmed.StartsWith("```", StringComparison.Ordinal) ? '`' : trimmed.StartsWith("~~~", StringComparison.Ordinal) ? '~' : ' ';
        return mark == ' ' ? null : new string(mark, trimmed.TakeWhile(letter => letter == mark).Count());
    }

    private static (int Level, string Text)? HeadingOf(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is >= 1 and <= DeepestHeading && line[level] == ' ' && line[level..].Trim().TrimEnd('#').Trim() is { Length: > 0 } text ? (level, text) : null;
    }
}
