using System.Text;
using System.Text.Json;
using Aiops.Tickets.Markdown;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tickets.Tests.Markdown;

public sealed class TicketFormatTests
{
    public static TheoryData<string> Formats => [.. All.Keys];

    private static readonly Dictionary<string, TicketFormat> All = new()
    {
        ["ADF"] = new AdfFormat(),
        ["GitHub"] = new GitHubFormat(),
        ["CommonMark"] = new CommonMarkFormat(),
        ["Textile"] = new TextileFormat(),
        ["ServiceNow"] = PlainTextFormat.ServiceNow,
        ["OpsCenter"] = PlainTextFormat.OpsCenter,
        ["Slack"] = new SlackFormat(),
        ["Teams"] = new AdaptiveCardFormat(),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_the_comment_it_is_never_too_long_and_keeps_headline_footer_and_marker(string name)
    {
        var format = All[name];
        var text = Gen.Elements(Samples.Hostile).ArrayOf().Select(pieces => string.Concat(pieces));
        var repeated = from piece in text from times in Gen.Choose(1, 40) select string.Concat(Enumerable.Repeat(piece, times));
        var comments = repeated.ListOf().Select(texts => Samples.Comment([.. texts])).ToArbitrary();
        Prop.ForAll(comments, comment =>
        {
            var body = format.Render(comment, Samples.Marker);
            return format.Length(body) <= format.MaxLength
                && body.Contains(Samples.Marker, StringComparison.Ordinal)
                && body.Contains("https://reports.example/incidents/INC-20260301-0042/report.html", StringComparison.Ordinal)
                && body.Contains("SEV2 errors", StringComparison.Ordinal)
                && body.Contains("2 still firing", StringComparison.Ordinal)
                && IsWellFormed(body)
                && !body.Contains('\u202E', StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_comment_at_the_limit_is_whole_and_one_past_it_is_cut_from_its_end_and_says_so(string name)
    {
        var format = All[name];
        string Long(int length) => Samples.Comment("x y").Replace("*Missing:* traces denied", new string('z', length), StringComparison.Ordinal);
        var (fits, tooLong) = (1, format.MaxLength);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            var isCut = format.Render(Long(middle), Samples.Marker).Contains("Cut here for length", StringComparison.Ordinal);
            (fits, tooLong) = isCut ? (fits, middle) : (middle, tooLong);
        }

        var whole = format.Render(Long(fits), Samples.Marker);
        var cut = format.Render(Long(tooLong), Samples.Marker);

        whole.ShouldNotContain("Cut here for length");
        format.Length(whole).ShouldBe(format.MaxLength);
        format.Length(cut).ShouldBeLessThan(format.MaxLength);
        cut.ShouldContain("Cut here for length");
        cut.ShouldNotContain("zzz");
        cut.ShouldContain("Most probable cause", Case.Insensitive);
        cut.ShouldContain(Samples.Marker);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_heading_over_nothing_is_left_out_with_its_lines(string name)
    {
        var format = All[name];
        var huge = $"**Head**\n\n### First\n\nshort\n\n### Second\n\n{new string('q', format.MaxLength)}\n\n---\nfooter\n";
        var body = format.Render(huge, Samples.Marker);
        body.ShouldContain("short");
        body.ShouldNotContain("Second", Case.Insensitive);
        body.ShouldContain("Cut here for length");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_headline_too_long_by_itself_is_cut_between_characters(string name)
    {
        var format = All[name];
        var body = format.Render(string.Concat(Enumerable.Repeat("\ud83d\ude00", format.MaxLength)) + "\n\n---\nfooter\n", Samples.Marker);
        format.Length(body).ShouldBeLessThanOrEqualTo(format.MaxLength);
        IsWellFormed(body).ShouldBeTrue();
        body.ShouldContain("…");
        body.ShouldContain("footer");
        body.ShouldContain(Samples.Marker);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Half_characters_and_turned_text_do_not_leave(string name)
    {
        var body = All[name].Render("**a\ud83d b** \u202Ec\u2066\n\n---\nfooter \udc00\n", Samples.Marker);
        IsWellFormed(body).ShouldBeTrue();
        body.ShouldNotContain("\u202E");
        body.ShouldNotContain("\u2066");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_comment_without_anything_still_bears_the_marker(string name)
        => All[name].Render("", Samples.Marker).ShouldContain(Samples.Marker);

    [Theory]
    [InlineData("")]
    [InlineData("a--b")]
    [InlineData("a b")]
    [InlineData("a>b")]
    public void A_marker_that_a_system_might_change_is_refused(string marker)
        => Should.Throw<ArgumentException>(() => new GitHubFormat().Render("x", marker));

    [Fact]
    public void A_path_on_somebodys_machine_is_text_and_no_link()
    {
        var adf = JsonDocument.Parse(new AdfFormat().Render("Head\n\n---\n[Full report](file:///tmp/x.html)\n", Samples.Marker)).RootElement.ToString();
        adf.ShouldContain("Full report (file:///tmp/x.html)");
        adf.ShouldNotContain("\"link\"");
    }

    private static bool IsWellFormed(string body)
        => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body)) == body; // A lone surrogate comes back as U+FFFD.
}
