using System.Text;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>A document as an export writes it, and as people write theirs.</summary>
/// <param name="Version">Of the record when it was written.</param>
public sealed record DocumentFile(KnowledgeDocument Document, long Version)
{
    private const string Fence = "---";

    public static string NameOf(string id)
        => $"documents/{string.Join('/', id.Split('/').Select(FileNames.Of))}{(id.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? "" : ".md")}";

    public static string Write(KnowledgeDocument document, long version) => new FrontMatterWriter()
        .Text("document", document.Id)
        .Number("version", version)
        .Text("title", document.Title)
        .Close(document.Text);

    /// <summary>What an export wrote.</summary>
    /// <exception cref="KnowledgeFileException">It can't be read; says where and what to do.</exception>
    public static DocumentFile Read(string text)
    {
        var matter = FrontMatter.Read(text);
        KnowledgeDocument document = new(matter.Required("document"), matter.Required("title"), matter.Body);
        var version = matter.Number("version", 1);
        matter.RefuseOthers();
        Check(document);
        return new DocumentFile(document, version);
    }

    /// <summary>What somebody wrote: front matter is optional and anybody's, of which only <c>title</c> is taken. Secrets are masked.</summary>
    /// <param name="id">Its path below what is added.</param>
    /// <exception cref="KnowledgeFileException">It can't be added; says why and what to do.</exception>
    public static KnowledgeDocument OfMarkdown(string id, ReadOnlySpan<byte> content)
    {
        var text = TextOf(content);
        string? title = null;
        if (text.StartsWith($"{Fence}\n", StringComparison.Ordinal) && text.IndexOf($"\n{Fence}\n", Fence.Length, StringComparison.Ordinal) is > 0 and var end)
        {
            title = text[Fence.Length..end].Split('\n').Where(line => line.StartsWith("title:", StringComparison.Ordinal))
                .Select(line => line["title:".Length..].Trim().Trim('"', '\'')).FirstOrDefault(one => one.Length > 0);
            text = text[(end + Fence.Length + 2)..];
        }

        text = SecretMask.Mask(text);
        title = SecretMask.Mask(title ?? DocumentSections.FirstHeading(text) ?? id);
        KnowledgeDocument document = new(id, title.Length <= KnowledgeDocument.LongestId ? title : title[..KnowledgeDocument.LongestId], text);
        Check(document);
        return document;
    }

    /// <summary>UTF-8 as lines that end in <c>\n</c>.</summary>
    /// <exception cref="KnowledgeFileException">It is too large, or no text.</exception>
    public static string TextOf(ReadOnlySpan<byte> content)
    {
        if (content.Length > KnowledgeDocument.LargestFile)
        {
            throw new KnowledgeFileException(1, $"The file has {content.Length:N0} bytes, {KnowledgeDocument.LargestFile:N0} are taken.", "Split it.");
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            return text.Contains('\0', StringComparison.Ordinal) ? throw NoText() : text;
        }
        catch (DecoderFallbackException)
        {
            throw NoText();
        }
    }

    private static KnowledgeFileException NoText() => new(1, "The file is no UTF-8 text.", "Convert it, or leave it out.");

    private static void Check(KnowledgeDocument document)
    {
        var id = document.Id;
        if (id.Length is 0 or > KnowledgeDocument.LongestId || id.Any(char.IsControl) || id.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new KnowledgeFileException(1, $"Its path can't be a document's id, of which {KnowledgeDocument.LongestId} characters are taken.", "Rename it, or add it from nearer by.");
        }

        if (DocumentSections.AllOf(document).Skip(DocumentSections.Most).Any())
        {
            throw new KnowledgeFileException(1, $"The file has more than {DocumentSections.Most} sections.", "Split it.");
        }
    }
}
