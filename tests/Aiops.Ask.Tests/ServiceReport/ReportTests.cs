using Aiops.Ask.ServiceReport;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.ServiceReport;

[NeedsDuckDb]
[Collection("shop")]
public sealed class ReportTests(ShopFixture fixture)
{
    [PortFact]
    public async Task A_report_needs_no_model_and_counts_what_there_is()
    {
        var desk = new ReportDesk(fixture.Data, TimeProvider.System);
        var range = desk.Last(TimeSpan.FromDays(1), null);
        var report = await desk.WriteAsync("payments", range, default);

        range.From.ShouldBe(ShopData.Now.AddDays(-1).AddTicks(10));
        report.Parts.Select(part => part.Title).ShouldBe(
            ["In short", "Error rate", "Latency in milliseconds", "Endpoints", "Log patterns", "Unusual traffic, by weekday and hour", "Changes", "Incidents"]);
        var spans = ShopData.Instance.SpansIn(range.From, range.To).Where(span => span.Service == "payments").ToList();
        report.Parts[0].Rows[0][1].ShouldBe((long)spans.Count);
        report.Parts[0].Rows[0][2].ShouldBe((long)spans.Count(span => span.Failed));
        report.Parts[1].Rows.Sum(row => (long)row[3]!).ShouldBe(spans.Count);
        report.Parts[4].Rows.Sum(row => (long)row[0]!).ShouldBe(ShopData.Instance.Logs.Count(line => line.Service == "payments" && line.Time >= range.From && line.Time < range.To));
        report.Parts.Take(3).Skip(1).ShouldAllBe(part => part.Chart!.StartsWith("<svg"));
    }

    [PortFact]
    public async Task What_logs_say_is_no_markup_in_a_report()
    {
        var desk = new ReportDesk(fixture.Data, TimeProvider.System);
        var report = await desk.WriteAsync("payments", desk.Last(TimeSpan.FromDays(1), null), default);
        var hostile = report with { Parts = [report.Parts[0] with { Rows = [["<script>alert(1)</script> | `x` [a](b)"]], Columns = [new("line", "VARCHAR")], Chart = null }] };
        ReportText.Html(hostile).ShouldNotContain("<script>");
        ReportText.Markdown(hostile).ShouldContain(@"\<script\>alert(1)\</script\> \| \`x\` \[a\](b)");
    }

    [PortFact]
    public async Task A_service_that_no_data_names_is_told_with_those_that_it_names()
    {
        var desk = new ReportDesk(fixture.Data, TimeProvider.System);
        (await Should.ThrowAsync<KeyNotFoundException>(() => desk.WriteAsync("paymnts'; DROP", desk.Last(TimeSpan.FromDays(1), null), default))).Message.ShouldContain("payments");
    }
}

public sealed class UsualTrafficTests
{
    private static readonly DateTime Day = new(2026, 3, 11);

    [Fact]
    public void An_hour_far_from_the_same_hours_of_its_weekday_is_unusual()
    {
        var requests = Weeks(5);
        requests[Day.AddHours(10)] = 500;
        var unusual = UsualTraffic.Of(requests, Day.AddDays(-35), Day, Day.AddDays(1)).ShouldHaveSingleItem();
        unusual.ShouldSatisfyAllConditions(one => one.Hour.ShouldBe(Day.AddHours(10)), one => one.Usual.ShouldBe(100), one => one.IsOfWeekday.ShouldBeTrue(), one => one.Score.ShouldBe(40));
    }

    [Fact]
    public void An_hour_without_requests_is_unusual_where_there_are_some_as_a_rule()
    {
        var requests = Weeks(5);
        requests.Remove(Day.AddHours(3));
        UsualTraffic.Of(requests, Day.AddDays(-35), Day, Day.AddDays(1)).ShouldHaveSingleItem().Score.ShouldBe(-10);
    }

    [Theory]
    [InlineData(135, false)]
    [InlineData(136, true)]
    public void Three_and_a_half_deviations_are_usual_and_more_are_not(long requests, bool unusual)
    {
        var hours = Weeks(5);
        hours[Day.AddHours(10)] = requests;
        UsualTraffic.Of(hours, Day.AddDays(-35), Day, Day.AddDays(1)).Any().ShouldBe(unusual);
    }

    [Fact]
    public void Days_of_any_name_do_where_weekdays_are_few_and_two_days_do_not()
    {
        var requests = Weeks(5);
        requests[Day.AddHours(10)] = 500;
        UsualTraffic.Of(requests, Day.AddDays(-3), Day, Day.AddDays(1)).ShouldHaveSingleItem().IsOfWeekday.ShouldBeFalse();
        UsualTraffic.Of(requests, Day.AddDays(-2), Day, Day.AddDays(1)).ShouldBeEmpty();
    }

    private static Dictionary<DateTime, long> Weeks(int weeks) => Enumerable.Range(0, ((weeks * 7) + 1) * 24).ToDictionary(hour => Day.AddDays(-7 * weeks).AddHours(hour), _ => 100L);
}
