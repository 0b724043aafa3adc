using System.Net;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Comment;
using FsCheck;
using FsCheck.Fluent;
using Markdig;

namespace Aiops.Tests.Pipeline.Comment;

public sealed class MarkdownTextTests
{
    // Everything that a ticket system might switch on: links without marks, tables, footnotes, mathematics, emoji, attributes.
    private static readonly MarkdownPipeline Everything = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Theory]
    [InlineData("see https://evil.example/login now")]
    [InlineData("www.evil.example")]
    [InlineData("[click](https://evil.example)")]
    [InlineData("![pixel](http://evil.example/p.png)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<https://evil.example>")]
    [InlineData("# Not a heading")]
    [InlineData("- not a list")]
    [InlineData("12. not a list")]
    [InlineData("12) not a list")]
    [InlineData("> not a quote")]
    [InlineData("===")]
    [InlineData("---")]
    [InlineData("a | b")]
    [InlineData("*bold* _leaning_ ~~gone~~ ==marked== ^up^ `code` $x$")]
    [InlineData("&lt;b&gt; &#64;all")]
    [InlineData("back\\slash \\[")]
    [InlineData("mailto:someone tel:12345")]
    [InlineData("{.class #id}")]
    public void Text_from_outside_is_shown_as_it_is(string text)
        => Shown(MarkdownText.Escape(text)).ShouldBe(text);

    [Fact]
    public void Whatever_the_text_it_shows_as_itself_and_makes_nothing_else()
    {
        var pieces = new[]
        {
            "<", ">", "[", "]", "(", ")", "!", "*", "_", "`", "#", "-", "+", ".", "1", "|", "~", "\\", "&", ";", ":", "/", "www", "http", "@", "$", "^", "=",
            "\"", "'", "{", "}", " ", "a", "B", "https://x.y", "mailto:", "é", "日", "%",
        };
        var texts = Gen.Elements(pieces).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, text => Shown(MarkdownText.Escape(text, int.MaxValue)) == MarkdownText.Line(text, int.MaxValue))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("@team wake up", "\\@\u200Bteam wake up")]
    [InlineData("see #12", "see \\#\u200B12")]
    [InlineData("image@sha256", "image\\@sha256")]
    public void Mentions_are_broken_and_digests_are_not(string text, string escaped)
        => MarkdownText.Escape(text).ShouldBe(escaped);

    [Fact]
    public void Line_breaks_and_marks_of_direction_are_no_part_of_a_line()
        => MarkdownText.Line("  one\r\n# two\u2028three\t\u202Efour\u0000 ").ShouldBe("one  # two three four");

    [Fact]
    public void A_text_of_the_greatest_length_stays_whole_and_one_more_is_cut()
    {
        MarkdownText.Line("abcde", 5).ShouldBe("abcde");
        MarkdownText.Line("abcdef", 5).ShouldBe("abcd…");
    }

    [Fact]
    public void A_cut_leaves_no_half_of_a_character()
        => MarkdownText.Line("ab😀cd", 4).ShouldBe("ab…");

    [Theory]
    [InlineData("aws ecs list-tasks --query \"a[?b==`c`]\"")]
    [InlineData("``")]
    [InlineData("`")]
    [InlineData("plain")]
    public void A_command_is_shown_to_be_copied_as_it_is(string command)
    {
        var html = Markdown.ToHtml("x " + MarkdownText.Code(command), Everything);
        WebUtility.HtmlDecode(Regex.Match(html, "(?<=<code>).*(?=</code>)", RegexOptions.Singleline).Value).ShouldBe(command);
    }

    [Theory]
    [InlineData("file:///home/a b/report.html")]
    [InlineData("https://tickets.example/report(1).html")]
    [InlineData("/plain/report.html")]
    public void A_link_leads_where_it_should(string address)
    {
        var html = Markdown.ToHtml(MarkdownText.Link("Report", address), Everything);
        Uri.UnescapeDataString(WebUtility.HtmlDecode(Regex.Match(html, "(?<=href=\")[^\"]*").Value)).ShouldBe(address);
    }

    /// <returns>What a reader sees of it; a tag within stays visible as one, so that it is noticed.</returns>
    private static string Shown(string markdown)
    {
        var html = Markdown.ToHtml("x" + " " + markdown, Everything).Trim();
        var first = Markdown.ToHtml(markdown, Everything).Trim(); // At the beginning of a line, too.
        WebUtility.HtmlDecode(Paragraph(html)).ShouldBe(("x " + WebUtility.HtmlDecode(Paragraph(first))).TrimEnd());
        return WebUtility.HtmlDecode(Paragraph(first)).Replace("\u200B", "", StringComparison.Ordinal);
    }

    private static string Paragraph(string html)
        => html.Length == 0 ? "" : Regex.Match(html, "(?<=^<p>)[^<]*(?=</p>$)") is { Success: true } match ? match.Value : $"not plain: {html}";
}
