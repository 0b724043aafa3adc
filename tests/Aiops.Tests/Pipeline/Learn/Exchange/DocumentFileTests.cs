using System.Text;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Exchange;

namespace Aiops.Tests.Pipeline.Learn.Exchange;

public sealed class DocumentFileTests
{
    [Theory]
    [InlineData("---\ntitle: \"Pools\"\nowner: [a, *b]\n---\ntext", "Pools", "text")]
    [InlineData("# Disks\ntext", "Disks", "# Disks\ntext")]
    [InlineData("text", "db/pool.md", "text")]
    [InlineData("---\nnever closed", "db/pool.md", "---\nnever closed")]
    [InlineData("\uFEFF# Disks\r\ntext", "Disks", "# Disks\ntext")]
    public void A_title_is_what_the_author_called_it(string markdown, string title, string text)
        => Add(markdown).ShouldBe(new KnowledgeDocument("db/pool.md", title, text));

    [Fact]
    public void Secrets_stay_outside() => Add("# Log in\nwith password=hunter2Zq9xK1").Text.ShouldNotContain("hunter2");

    [Fact]
    public void A_file_at_the_limit_is_taken_and_a_byte_more_is_not()
    {
        Add(new string('a', KnowledgeDocument.LargestFile)).Text.Length.ShouldBe(KnowledgeDocument.LargestFile);
        Should.Throw<KnowledgeFileException>(() => Add(new string('a', KnowledgeDocument.LargestFile + 1))).Remedy.ShouldBe("Split it.");
    }

    [Fact]
    public void So_many_sections_are_taken_and_one_more_is_not()
    {
        Add(Headed(DocumentSections.Most));
        Should.Throw<KnowledgeFileException>(() => Add(Headed(DocumentSections.Most + 1)));

        static string Headed(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"# {i}\ntext"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a.md")]
    [InlineData("a//b.md")]
    [InlineData("a/./b.md")]
    [InlineData("a\nb.md")]
    public void A_path_that_leads_elsewhere_is_no_id(string id) => Should.Throw<KnowledgeFileException>(() => DocumentFile.OfMarkdown(id, "text"u8));

    [Fact]
    public void An_id_at_the_limit_is_taken_and_one_past_it_is_not()
    {
        DocumentFile.OfMarkdown(new string('a', KnowledgeDocument.LongestId), "text"u8);
        Should.Throw<KnowledgeFileException>(() => DocumentFile.OfMarkdown(new string('a', KnowledgeDocument.LongestId + 1), "text"u8));
    }

    [Fact]
    public void What_is_no_text_is_refused()
    {
        Should.Throw<KnowledgeFileException>(() => DocumentFile.OfMarkdown("a.md", [0xC3, 0x28]));
        Should.Throw<KnowledgeFileException>(() => DocumentFile.OfMarkdown("a.md", "a\0b"u8));
    }

    private static KnowledgeDocument Add(string markdown) => DocumentFile.OfMarkdown("db/pool.md", Encoding.UTF8.GetBytes(markdown));
}
