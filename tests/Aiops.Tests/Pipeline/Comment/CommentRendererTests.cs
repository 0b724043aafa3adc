using System.Text.RegularExpressions;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Masking;
using Markdig;

namespace Aiops.Tests.Pipeline.Comment;

public sealed class CommentRendererTests
{
    private static string Render(IncidentReport report) => new CommentRenderer(SecretMask.Mask).Render(report, CommentSample.ReportLink);

    [Fact]
    public void The_first_line_says_what_broke_how_bad_and_since_when()
        => Render(CommentSample.Report).Split('\n')[0]
            .ShouldBe("**SEV2 errors: checkout 5xx above 1 %** since 2026-03-04 10:02 UTC (35 min when analysed) · checkout, orders");

    [Fact]
    public void What_people_ask_first_stands_first()
    {
        var text = Render(CommentSample.Report);
        int[] places = [.. new[] { "SEV2", "Most probable cause", "What changed", "What to do", "### Runbooks", "Seen before", "*Missing:*", "[Full report]" }
            .Select(part => text.IndexOf(part, StringComparison.Ordinal))];
        places.ShouldAllBe(place => place >= 0);
        places.ShouldBeInOrder();
    }

    [Fact]
    public void A_cause_comes_with_its_confidence_and_the_evidence_for_and_against_it()
    {
        var text = Render(CommentSample.Report);
        text.ShouldContain("1. **orders-table turns writes away since 10:02.** — likely, 71 %");
        text.ShouldContain("- for: WriteThrottleEvents of orders-table rose from 0 to 212 at 10:02. (E1)");
        text.ShouldContain("- against: CPU of orders is as before. (E3)");
        text.ShouldContain("- would disprove it: The table's throttled writes are none in CloudWatch.");
    }

    [Theory]
    [InlineData(1.0, "very likely, over 99 %")]
    [InlineData(0.9901, "very likely, over 99 %")]
    [InlineData(0.99, "very likely, 99 %")]
    [InlineData(0.75, "very likely, 75 %")]
    [InlineData(0.7499, "likely, 75 %")]
    [InlineData(0.4, "likely, 40 %")]
    [InlineData(0.15, "possible, 15 %")]
    [InlineData(0.01, "unlikely, 1 %")]
    [InlineData(0.009, "unlikely, under 1 %")]
    [InlineData(0, "unlikely, under 1 %")]
    public void Confidence_is_a_word_and_a_figure_and_never_certain(double confidence, string words)
        => IncidentWords.Confidence(confidence).ShouldBe(words);

    [Fact]
    public void An_action_comes_with_its_risk_its_commands_and_its_check()
    {
        var text = Render(CommentSample.Report);
        text.ShouldContain("(risk: medium; It costs more per request.)");
        text.ShouldContain("`aws dynamodb describe-table --table-name orders-table`");
        text.ShouldContain("`AWS-EnableDynamoDbAutoscaling`");
        text.ShouldContain("it worked if: No throttled writes for ten minutes.");
    }

    [Fact]
    public void A_runbook_comes_with_the_way_to_its_section_its_document_and_the_words_that_found_it()
    {
        Render(CommentSample.Report).ShouldContain(
            "- **Databases › Throttled writes** (databases/capacity.md; same words: throttled): Raise the capacity of the table first.\n");
        Render(CommentSample.Report with { Diagnosis = CommentSample.Report.Diagnosis with { Runbooks = [] } }).ShouldNotContain("Runbooks");
    }

    [Fact]
    public void Actions_bear_the_numbers_by_which_replies_name_them_and_commands_are_named_only_where_they_are_read()
    {
        var actions = CommentSample.Report.Recommendations;
        var report = CommentSample.Report with { Recommendations = [actions[0], actions[0] with { Title = "Wait" }] };
        var html = Markdown.ToHtml(Render(report));
        Regex.Count(html[html.IndexOf("What to do", StringComparison.Ordinal)..html.IndexOf("Seen before", StringComparison.Ordinal)], "<(?:ol)>").ShouldBe(1);
        Render(report).ShouldContain("2. **Wait**");
        Render(report).ShouldNotContain("/aiops");

        var told = new CommentRenderer(SecretMask.Mask).Render(report, CommentSample.ReportLink, repliesAreRead: true);
        foreach (var command in new[] { "confirm", "cause COMPONENT", "wrong", "useful N", "explain" })
        {
            told.ShouldContain($"/aiops {command}");
        }

        var nothing = report with { Recommendations = [], Diagnosis = report.Diagnosis with { Hypotheses = [] } };
        told = new CommentRenderer(SecretMask.Mask).Render(nothing, CommentSample.ReportLink, repliesAreRead: true);
        told.ShouldNotContain("confirm");
        told.ShouldNotContain("useful");
    }

    [Fact]
    public void Without_evidence_it_names_no_cause_and_says_why()
    {
        var diagnosis = new Diagnosis { Hypotheses = [], Evidence = [], NotEnoughEvidence = "Nothing departs from its baseline." };
        Render(CommentSample.Report with { Diagnosis = diagnosis }).ShouldContain("Not enough evidence to name one: Nothing departs from its baseline.");
    }

    [Fact]
    public void Changes_that_could_not_be_read_are_not_called_none()
    {
        var report = CommentSample.Report with { Timeline = [] };
        Render(report).ShouldContain("Nothing that was recorded");
        var denied = report.Context with { Parts = [new SourcePart(ContextSource.Changes, SourceStatus.Denied, null, [])] };
        Render(report with { Context = denied }).ShouldContain("Not known: changes couldn't be read.");
    }

    [Fact]
    public void Simulated_telemetry_is_called_so()
    {
        Render(CommentSample.Report).ShouldContain("simulated telemetry");
        Render(CommentSample.Report with { Simulated = false }).ShouldNotContain("simulated");
    }

    [Fact]
    public void Evidence_that_is_cited_and_was_never_found_is_said_so()
    {
        var diagnosis = CommentSample.Report.Diagnosis;
        diagnosis = diagnosis with { Hypotheses = [diagnosis.Hypotheses[0] with { For = ["E99"] }] };
        Render(CommentSample.Report with { Diagnosis = diagnosis }).ShouldContain("for: cited, but not among what was found (E99)");
    }

    [Fact]
    public void The_same_report_gives_the_same_text() => Render(CommentSample.Report).ShouldBe(Render(CommentSample.With()));

    [Fact]
    public void Text_from_outside_adds_no_link_no_heading_and_no_markup_of_its_own()
    {
        const string hostile = "x\n# Owned\n- [go](https://evil.example) <img src=x onerror=alert(1)> www.evil.example @oncall ![p](http://evil.example/p) | a | b |\n```\n<script>";
        var pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();
        var calm = Tags(Markdown.ToHtml(Render(CommentSample.Report), pipeline));
        Tags(Markdown.ToHtml(Render(CommentSample.With(text => text + hostile)), pipeline)).ShouldBe(calm);
        Tags(Markdown.ToHtml(Render(CommentSample.With(text => hostile + text)), pipeline)).ShouldBe(calm);
    }

    [Theory]
    [InlineData("ghp_", 36)]
    [InlineData("sk_live_", 24)]
    [InlineData("password=", 12)]
    public void A_secret_is_masked_wherever_it_stands_though_it_holds_what_is_escaped_and_where_text_is_cut(string prefix, int length)
    {
        var secret = new string([.. Enumerable.Range(0, length).Select(i => "aZ3xQ9kL7b"[i % 10])]);
        foreach (var padding in new[] { 0, 90, 130, 140, 185, 190, 195, 280, 290, 470, 485, 495 }) // Around each length at which text is cut.
        {
            var text = Render(CommentSample.With(said => $"{new string('.', padding)} {prefix}{secret} {said}"));
            text.Replace("\\", "", StringComparison.Ordinal).ShouldNotContain(secret[..4]);
        }
    }

    [Fact]
    public void Mail_addresses_are_masked() => Render(CommentSample.With(text => $"{text} jane.doe+x@shop.example")).ShouldNotContain("jane");

    [Fact]
    public void The_longest_text_is_cut_between_lines_from_the_end_and_says_so()
    {
        var text = Render(CommentSample.With(text => string.Concat(Enumerable.Repeat($"{text} <*> ", 60))));
        text.Length.ShouldBeLessThanOrEqualTo(CommentRenderer.MaxLength);
        text.ShouldContain("SEV2 errors");

        var endless = Enumerable.Range(1, 400).Select(i => new SourcePart(ContextSource.Metrics, SourceStatus.Partial, null, [new string('*', 150)])).ToList();
        var report = CommentSample.Report with { Context = CommentSample.Report.Context with { Parts = endless } };
        text = Render(report);
        text.Length.ShouldBeLessThanOrEqualTo(CommentRenderer.MaxLength);
        text.ShouldContain("Cut here for length");
        text.ShouldNotContain("*Missing:*");
        text.ShouldContain("### Seen before");
        text.ShouldEndWith("**simulated telemetry**\n");
    }

    [Fact]
    public void A_comment_of_the_greatest_length_is_left_whole_and_one_character_more_is_cut()
    {
        var whole = Padded(0);
        var room = CommentRenderer.MaxLength - whole.Length;
        Padded(room).Length.ShouldBe(CommentRenderer.MaxLength);
        Padded(room).ShouldNotContain("Cut here");
        Padded(room + 1).ShouldContain("Cut here");

        static string Padded(int more)
        {
            const int gaps = 250;
            var parts = Enumerable.Range(0, gaps).Select(i => new SourcePart(
                ContextSource.Metrics, SourceStatus.Partial, null, [new string('a', 20 + (more / gaps) + (i < more % gaps ? 1 : 0))])).ToList();
            return Render(CommentSample.Report with { Context = CommentSample.Report.Context with { Parts = parts } });
        }
    }

    [Fact]
    public void A_command_is_never_cut_short()
    {
        var action = CommentSample.Report.Recommendations[0];
        string CommandOf(int length) => Render(CommentSample.Report with
        {
            Recommendations = [action with { Steps = [new ActionStep("Do.", new string('c', length))] }],
        });
        CommandOf(1000).ShouldContain(new string('c', 1000));
        CommandOf(1001).ShouldNotContain("cccc");
        CommandOf(1001).ShouldContain("the command is in the report");
    }

    private static List<string> Tags(string html) => [.. Regex.Matches(html, "<[a-z][^>]*>").Select(match => match.Value)];
}
