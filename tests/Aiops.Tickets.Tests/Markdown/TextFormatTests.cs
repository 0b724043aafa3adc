using System.Net;
using System.Text.RegularExpressions;
using Aiops.Tickets.Markdown;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tickets.Tests.Markdown;

public sealed partial class TextFormatTests
{
    [Fact]
    public void Markdown_comes_back_as_the_same_lines_from_both_Markdown_formats()
    {
        var texts = Gen.Elements(Samples.Hostile).NonEmptyListOf().Select(pieces => string.Join(' ', pieces)).ListOf().Select(list => list.Take(5).ToList()).ToArbitrary();
        Prop.ForAll(texts, list =>
        {
            var comment = Samples.Comment(list);
            foreach (var format in new TicketFormat[] { new GitHubFormat(), new CommonMarkFormat() })
            {
                Seen(format.Render(comment, Samples.Marker)).ShouldBe(Seen(comment));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData("owner/repo#7", "#7")]
    [InlineData("@team", "@team")]
    [InlineData("GH-7", "GH-7")]
    public void GitHub_finds_no_reference(string text, string reference)
        => Shown(new GitHubFormat().Render(Samples.Comment(text), Samples.Marker)).ShouldNotContain(reference + " ", Case.Sensitive);

    [Theory]
    [InlineData("{{include(Secret)}}", "{{")]
    [InlineData("[[Wiki]]", "[[")]
    [InlineData("#12", "#12")]
    [InlineData("r12", "r12")]
    [InlineData("commit:abc", "commit:abc")]
    [InlineData("@admin", "@admin")]
    public void Redmine_finds_no_macro_page_or_reference_in_either_formatting(string text, string reference)
    {
        foreach (var format in new TicketFormat[] { new CommonMarkFormat(), new TextileFormat() })
        {
            var body = WebUtility.HtmlDecode(format.Render($"**Head** {Aiops.Pipeline.Comment.MarkdownText.Escape(text)} end\n\n---\nfoot\n", Samples.Marker)).Replace("\\", "", StringComparison.Ordinal);
            body.ShouldNotContain(reference, Case.Sensitive);
            body.Replace("\u200B", "", StringComparison.Ordinal).ShouldContain(text);
        }
    }

    [Fact]
    public void A_macro_in_code_is_no_code_for_Redmine()
    {
        foreach (var format in new TicketFormat[] { new CommonMarkFormat(), new TextileFormat() })
        {
            format.Render("Head\n\n`x {{include(Secret)}}`\n\n---\nfoot\n", Samples.Marker).ShouldNotContain("{{");
        }
    }

    [Fact]
    public void Textile_keeps_names_readable_and_writes_signs_with_a_meaning_as_references()
    {
        var body = new TextileFormat().Render("**Head** web-1 db_pool *x* \\*y\\* bq. \"a\":\n\n---\n[Full report](https://r.example/a)\n", Samples.Marker);
        body.ShouldContain("*Head* web-1 db_pool _x_ &#42;y&#42; bq. &#34;a&#34;&#58;");
        body.ShouldContain("\"Full report\":https://r.example/a");
    }

    [Fact]
    public void ServiceNow_is_given_no_code_mark_that_would_let_HTML_through()
    {
        var body = PlainTextFormat.ServiceNow.Render(Samples.Comment("[code]<b>x</b>[/code] [CODE]"), Samples.Marker);
        CodeTag().IsMatch(body).ShouldBeFalse();
        body.ShouldContain("<b>x</b>");
        body.ShouldContain("MOST PROBABLE CAUSE");
        body.ShouldContain($"Full report: {new Uri(Samples.Report).AbsoluteUri}");
    }

    [GeneratedRegex(@"\[/?code\]", RegexOptions.IgnoreCase)]
    private static partial Regex CodeTag();

    private static List<string> Seen(string markdown)
    {
        var document = MarkdownDocument.Parse(markdown);
        return [.. document.Body.Prepend(document.Headline!).Concat(document.Footer.Where(line => !line.Text.Contains("<!--", StringComparison.Ordinal))).Select(Told)];
    }

    // Code is left out: where Redmine might read it, it is text.
    private static string Told(MarkdownLine line)
    {
        var (told, style) = ($"{line.Kind} {line.Depth} {line.Number} ", "[]");
        foreach (var run in line.Runs)
        {
            var now = $"[{(run.Bold ? "b" : "")}{run.Link}]";
            told += (now == style ? "" : now) + run.Text;
            style = now;
        }

        return told.Replace("\u200B", "", StringComparison.Ordinal);
    }

    private static string Shown(string markdown)
        => string.Concat(MarkdownDocument.Parse(markdown).Body.Select(line => string.Concat(line.Runs.Select(run => run.Text)) + "**"));
}
