using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Tests.Pipeline.Learn;

public sealed class DocumentSectionsTests
{
    [Fact]
    public void A_document_is_cut_at_its_headings_and_each_section_keeps_the_way_to_it()
        => Sections("intro\n# Pools\n## When full\nCap them.\n### Oracle ###\nAsk.\n## Never\nDon't.\n# Disks\n").Select(one => $"{string.Join('>', one.Headings)}: {one.Text}")
            .ShouldBe([": intro", "Pools>When full: Cap them.", "Pools>When full>Oracle: Ask.", "Pools>Never: Don't."]);

    [Fact]
    public void A_hash_in_a_fence_is_a_comment_and_no_heading()
        => Sections("# Restart\n```sh\n# stop it\nkill 1\n```\nDone.").ShouldHaveSingleItem().Headings.ShouldBe(["Restart"]);

    [Theory]
    [InlineData("#none")]
    [InlineData("####### seven")]
    [InlineData("#")]
    [InlineData("# ")]
    [InlineData("```\n# in a fence that never ends")]
    public void What_only_looks_like_a_heading_is_text(string markdown) => DocumentSections.FirstHeading(markdown).ShouldBeNull();

    [Fact]
    public void A_section_at_the_limit_stays_whole_and_past_it_is_cut_at_a_paragraph()
    {
        var half = new string('a', DocumentSections.Longest / 2);
        Sections(new string('a', DocumentSections.Longest)).Count.ShouldBe(1);
        Sections(new string('a', DocumentSections.Longest + 1)).Select(one => one.Text.Length).ShouldBe([DocumentSections.Longest, 1]);
        Sections($"{half}\n\n{half}b").Select(one => one.Text.Length).ShouldBe([half.Length, half.Length + 1]);
    }

    [Fact]
    public void No_section_parts_a_character()
        => Sections(string.Concat(Enumerable.Repeat("a😀", 2_000))).Count(one => char.IsHighSurrogate(one.Text[^1]) || char.IsLowSurrogate(one.Text[0])).ShouldBe(0);

    [Fact]
    public void One_document_gives_so_many_sections_and_no_more()
    {
        Sections(Headed(DocumentSections.Most)).Count.ShouldBe(DocumentSections.Most);
        Sections(Headed(DocumentSections.Most + 1)).Count.ShouldBe(DocumentSections.Most);
        DocumentSections.AllOf(new KnowledgeDocument("a", "a", Headed(DocumentSections.Most + 1))).Count().ShouldBe(DocumentSections.Most + 1);

        static string Headed(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"# {i}\ntext"));
    }

    private static IReadOnlyList<DocumentSection> Sections(string text) => DocumentSections.Of(new KnowledgeDocument("a.md", "A", text));
}
