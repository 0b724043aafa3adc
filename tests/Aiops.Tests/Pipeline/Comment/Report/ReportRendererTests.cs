using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Comment.Report;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Masking;

namespace Aiops.Tests.Pipeline.Comment.Report;

public sealed class ReportRendererTests
{
    private static string Render(IncidentReport report) => ReportRenderer.Render(report, SecretMask.Mask);

    [Fact]
    public void It_shows_every_part_of_what_was_found()
    {
        var page = Shown(Render(SampleReport.Report));
        foreach (var part in new[]
        {
            "checkout 5xx above 1 %", "SEV2", "errors", "10:02 UTC", "orders-table turns writes away since 10:02.", "likely, 71 %", "WriteThrottleEvents of orders-table rose",
            "CPU of orders is as before.", "Would disprove it:", "aws dynamodb describe-table --table-name orders-table", "AWS-EnableDynamoDbAutoscaling", "risk: medium",
            "Set it back.", "orders 2.14.0 deployed", "DynamoDB Table", "write to <*> was throttled", "POST /orders", "INC-3", "no trace source is configured", "recording metrics",
            "Simulated telemetry.", "22 % left",
        })
        {
            page.ShouldContain(part);
        }

        page.ShouldNotContain("unmoved pattern");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("</title></style></svg><h1>owned</h1>")]
    [InlineData("&lt;b&gt;")]
    [InlineData("--><!--")]
    public void Text_from_outside_is_shown_and_does_nothing(string hostile)
    {
        var page = Render(SampleReport.With(text => text + hostile));
        Tags(page).ShouldBeSubsetOf(Tags(Render(SampleReport.Report)));
        Shown(page).ShouldContain(hostile);
        page.ShouldNotContain("javascript:", Case.Sensitive, "a link that isn't http is no link");
    }

    [Fact]
    public void Secrets_are_masked_wherever_they_stand()
    {
        foreach (var padding in new[] { 0, 10, 60, 80, 150, 280, 580 })
        {
            Render(SampleReport.With(text => $"{text}{new string(' ', padding).Replace(' ', '.')} token=aZ3xQ9kL7baZ3xQ9kL7b mail jane@shop.example")).ShouldNotContain("aZ3x");
        }

        Render(SampleReport.With(text => $"{text} jane.doe@shop.example")).ShouldNotContain("jane");
    }

    [Fact]
    public void Nothing_is_fetched_and_no_script_runs()
    {
        var page = Render(SampleReport.Report);
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" src=");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("url(http");
        page.ShouldNotContain("@import");
        page.ShouldNotContain(" style="); // The policy would refuse it.
        Regex.Matches(page, "href=\"(?!#)[^\"]*").Select(match => match.Value).ShouldBe(["href=\"https://console.example/logs?a=1&amp;b=2"]);
    }

    [Fact]
    public void The_policy_allows_the_one_style_and_nothing_else()
    {
        var page = Render(SampleReport.Report);
        var style = Regex.Match(page, "(?<=<style>).*?(?=</style>)", RegexOptions.Singleline).Value;
        page.ShouldContain($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
    }

    [Fact]
    public void Every_element_is_closed_and_every_id_is_its_own()
    {
        var page = Render(SampleReport.Report);
        Stack<string> open = [];
        foreach (var tag in Regex.Matches(page, "<(?<end>/?)(?<name>[a-zA-Z0-9]+)(?<rest>[^>]*)>").Where(tag => tag.Groups["name"].Value is not ("meta" or "br")))
        {
            if (tag.Groups["end"].Length > 0)
            {
                open.Pop().ShouldBe(tag.Groups["name"].Value);
            }
            else if (!tag.Groups["rest"].Value.EndsWith('/'))
            {
                open.Push(tag.Groups["name"].Value);
            }
        }

        open.ShouldBeEmpty();
        var ids = Regex.Matches(page, "(?<= id=\")[^\"]+").Select(match => match.Value).ToList();
        ids.ShouldBeUnique();
        Regex.Matches(page, "(?<=href=\"#)[^\"]+").Select(match => match.Value).Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_report_gives_the_same_page() => Render(SampleReport.Report).ShouldBe(Render(SampleReport.With()));

    [Fact]
    public void A_report_of_nothing_is_a_page_too()
    {
        var report = SampleReport.Report;
        var page = Render(report with
        {
            Diagnosis = new Diagnosis { Hypotheses = [], Evidence = [], NotEnoughEvidence = "Nothing departs from its baseline." },
            Context = new IncidentContext { Window = report.Context.Window, Baseline = report.Context.Baseline },
            Recommendations = [],
            Timeline = [],
        });
        page.ShouldContain("Nothing departs from its baseline.");
        page.ShouldContain("The topology is not known");
        page.ShouldContain("No playbook matches");
    }

    [Fact]
    public void The_largest_report_stays_within_its_bound_and_says_what_was_left_out()
    {
        var large = SampleReport.With(text => text + new string('\u65e5', 100) + string.Concat(Enumerable.Repeat("\"<&>", 200)));
        var context = large.Context;
        var page = Render(large with
        {
            Diagnosis = large.Diagnosis with
            {
                Evidence = [.. Enumerable.Range(1, 3_000).Select(i => large.Diagnosis.Evidence[0] with { Id = $"E{i}" })],
                Hypotheses = [.. Enumerable.Range(1, 40).Select(i => large.Diagnosis.Hypotheses[0] with { Rank = i, For = [.. Enumerable.Range(1, 200).Select(e => $"E{e}")] })],
            },
            Recommendations = [.. Enumerable.Repeat(large.Recommendations[0] with { Steps = [.. Enumerable.Repeat(new ActionStep(new string('&', 5_000), new string('"', 20_000)), 60)] }, 30)],
            Timeline = [.. Enumerable.Repeat(large.Timeline[0], 5_000)],
            Context = context with
            {
                Logs = [.. Enumerable.Repeat(context.Logs[0], 4_000)],
                Traces = [.. Enumerable.Repeat(context.Traces[0], 4_000)],
                Changes = [.. Enumerable.Repeat(context.Changes[0], 4_000)],
                PastIncidents = [.. Enumerable.Repeat(context.PastIncidents[0], 4_000)],
            },
        });
        Encoding.UTF8.GetByteCount(page).ShouldBeLessThanOrEqualTo(ReportRenderer.MaxBytes);
        page.ShouldContain("Left out: the page would have become too large.");
        page.ShouldEndWith("</main></body></html>\n");
    }

    [Fact]
    public void A_gap_in_the_data_is_a_gap_in_the_line()
    {
        var page = Render(SampleReport.Report);
        var lines = Regex.Matches(page, "(?<=class=\"line\" d=\")[^\"]*").Select(match => match.Value).ToList();
        lines.Count.ShouldBe(2);
        lines.ShouldAllBe(line => line.Count(c => c == 'M') == 2);
    }

    [Fact]
    public void A_series_of_a_million_samples_keeps_its_spike_and_few_points()
    {
        var report = SampleReport.Report;
        var start = CommentSample.Began.AddMinutes(-60).ToUnixTimeMilliseconds();
        var values = Enumerable.Repeat(1.0, 1_000_000).ToArray();
        values[700_123] = 500;
        var series = report.Context.Metrics[0] with { UnixMilliseconds = [.. Enumerable.Range(0, values.Length).Select(i => start + (i * 5L))], Values = values };
        var page = Render(report with { Context = report.Context with { Metrics = [series] } });
        var line = Regex.Match(page, "(?<=class=\"line\" d=\")[^\"]*").Value;
        line.Count(c => c is 'M' or 'L').ShouldBeLessThan(300);
        var heights = Regex.Matches(line, "(?<= )[0-9.]+").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        heights.Count(height => height < 60).ShouldBe(1);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(-5)]
    [InlineData(0)]
    public void Odd_values_are_drawn_without_odd_figures(double value)
    {
        var report = SampleReport.Report;
        var series = report.Context.Metrics[0] with { UnixMilliseconds = [CommentSample.Began.ToUnixTimeMilliseconds()], Values = [value] };
        var svg = Regex.Match(Render(report with { Context = report.Context with { Metrics = [series] } }), "<figure.*?</figure>", RegexOptions.Singleline).Value;
        svg.ShouldNotBeEmpty();
        Regex.IsMatch(svg, "(d|x|y|x1|x2|y1|y2|width|height)=\"[^\"]*(NaN|Infinity|∞|E\\+)").ShouldBeFalse(svg);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_text_has_the_contrast_that_WCAG_AA_asks(string scheme)
    {
        var style = Regex.Match(Render(SampleReport.Report), "(?<=<style>).*?(?=</style>)", RegexOptions.Singleline).Value;
        var roots = Regex.Matches(style, ":root \\{(?<vars>[^}]*)\\}").Select(match => match.Groups["vars"].Value).ToList();
        var colours = Regex.Matches(roots[scheme == "light" ? 0 : 1], "--(?<name>[a-z-]+): #(?<value>[0-9a-f]{6})").ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        (string Text, string Ground)[] pairs =
        [
            ("ink", "card"), ("ink", "soft"), ("ink", "bad-soft"), ("quiet", "card"), ("quiet", "soft"), ("quiet", "bad-soft"), ("quiet", "judged"), ("quiet", "ground"), ("link", "card"), ("link", "soft"),
            ("bad", "card"), ("bad", "bad-soft"), ("card", "bad"), ("warn", "card"), ("warn", "warn-soft"), ("good", "card"), ("good", "good-soft"), ("onset", "card"), ("onset", "judged"), ("alarm", "card"), ("alarm", "judged"),
        ];
        pairs.Where(pair => Contrast(colours[pair.Text], colours[pair.Ground]) < 4.5)
            .Select(pair => $"{pair.Text} on {pair.Ground}: {Contrast(colours[pair.Text], colours[pair.Ground]):0.00}").ShouldBeEmpty();
    }

    [Fact]
    public void A_large_topology_is_drawn_around_the_suspects_only()
    {
        var report = SampleReport.Report;
        var known = report.Context.Topology;
        var many = Enumerable.Range(0, 300).Select(i => $"other-{i:000}").ToList();
        var graph = new ServiceGraph(
            known.Components.Concat(many.Select(name => new Component(name))),
            known.Calls.Concat(many.Zip(many.Skip(1), (a, b) => new Call(a, b))).Append(new Call("other-010", "orders-table")));
        var page = Render(report with { Context = report.Context with { Topology = graph } });
        page.ShouldContain("orders-table</title>");
        page.ShouldContain("other-010</title>"); // It calls the suspect.
        page.ShouldNotContain("other-200</title>");
        page.ShouldContain("not concerned and not drawn");
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast(string a, string b)
    {
        var (first, second) = (Luminance(a), Luminance(b));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);

        static double Luminance(string colour)
        {
            double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
            return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
        }
    }

    /// <summary>Every kind of element with the names of its attributes.</summary>
    private static HashSet<string> Tags(string page)
        => [.. Regex.Matches(page, "<(?<name>[^ >]+)(?<rest>[^>]*)>").Select(match => $"{match.Groups["name"].Value} {string.Join(' ', Regex.Matches(match.Groups["rest"].Value, "[^ =\"]+(?==\")|\"[^\"]*\"").Select(part => part.Value[0] == '"' ? "" : part.Value))}")];

    private static string Shown(string page) => WebUtility.HtmlDecode(Regex.Replace(page, "<[^>]*>", ""));
}
