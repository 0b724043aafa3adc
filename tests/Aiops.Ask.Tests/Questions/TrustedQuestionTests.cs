using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;
using static Aiops.Ask.Tests.Questions.Expected;

namespace Aiops.Ask.Tests.Questions;

/// <summary>Questions that trusted pairs answer without a model, against what is counted in C#.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class TrustedQuestionTests(ShopFixture fixture)
{
    private static readonly ShopData Shop = ShopData.Instance;
    private static readonly DateTime Today = ShopData.Now.Date;
    private static readonly DateTime Monday = Today.AddDays(-2);

    private static readonly Dictionary<string, (string Pair, Func<List<object?[]>> Rows)> Cases = new()
    {
        ["Which service lost most requests between 10 and 11?"] = ("lost-requests-by-service", () => Lost(Today.AddHours(10), Today.AddHours(11))),
        ["Lost requests by service yesterday"] = ("lost-requests-by-service", () => Lost(Today.AddDays(-1), Today)),
        ["Which service had the most failed requests in the last 3 hours?"] = ("lost-requests-by-service", () => Lost(ShopData.Now.AddHours(-3), ShopData.Now.AddTicks(10))),
        ["5xx by endpoint this week against last"] = ("5xx-by-endpoint-compared", () => Rows(
            Shop.SpansIn(Monday.AddDays(-7), Monday.AddDays(7)).Where(Is5xx).GroupBy(span => span.Operation)
                .Select(group => (group.Key, Now: group.Count(span => span.Time >= Monday), Before: group.Count(span => span.Time < Monday)))
                .OrderByDescending(one => one.Now).ThenByDescending(one => one.Before).ThenBy(one => one.Key, StringComparer.Ordinal),
            one => [one.Key, one.Now, one.Before])),
        ["Which endpoint has most server errors?"] = ("5xx-by-endpoint", () => Rows(
            Shop.Spans.Where(Is5xx).GroupBy(span => span.Operation).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal),
            group => [group.Key, group.Count()])),
        ["What is the error rate of each service?"] = ("error-rate-by-service", () => Rows(
            Shop.Spans.GroupBy(span => span.Service).Select(group => (group.Key, Rate: group.Average(span => span.Failed ? 1.0 : 0), Count: group.Count())).OrderByDescending(one => one.Rate),
            one => [one.Key, one.Rate, one.Count])),
        ["Error rate of payments by hour yesterday"] = ("error-rate-over-time", () => Rows(
            Shop.SpansIn(Today.AddDays(-1), Today).Where(span => span.Service == "payments").GroupBy(span => Hour(span.Time)).OrderBy(group => group.Key),
            group => [group.Key, group.Average(span => span.Failed ? 1.0 : 0)])),
        ["Slowest services by p99 today"] = ("slowest-services", () => Rows(
            Shop.SpansIn(Today, Today.AddDays(1)).GroupBy(span => span.Service)
                .Select(group => (group.Key, P99: Quantile(group.Select(span => span.Milliseconds), 0.99), P50: Quantile(group.Select(span => span.Milliseconds), 0.5))).OrderByDescending(one => one.P99),
            one => [one.Key, one.P99, one.P50])),
        ["Which endpoints of search are slowest?"] = ("slowest-endpoints", () => Rows(
            Shop.Spans.Where(span => span.Service == "search").GroupBy(span => span.Operation)
                .Select(group => (group.Key, P99: Quantile(group.Select(span => span.Milliseconds), 0.99), P50: Quantile(group.Select(span => span.Milliseconds), 0.5), Count: group.Count())).OrderByDescending(one => one.P99),
            one => [one.Key, one.P99, one.P50, one.Count])),
        ["How many requests did each service handle?"] = ("requests-by-service", () => Rows(
            Shop.Spans.GroupBy(span => span.Service).OrderByDescending(group => group.Count()), group => [group.Key, group.Count()])),
        ["Which service wrote most error lines last week?"] = ("error-lines-by-service", () => Rows(
            Shop.Logs.Where(line => line.Severity is "ERROR" or "FATAL" && line.Time >= Monday.AddDays(-7) && line.Time < Monday).GroupBy(line => line.Service)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal),
            group => [group.Key, group.Count()])),
        ["Log lines by severity"] = ("lines-by-severity", () => Rows(
            Shop.Logs.GroupBy(line => line.Severity ?? "unknown").OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Deployments by service"] = ("deployments-by-service", () => Rows(
            Shop.Changes.Where(change => change.Kind == "deployment").GroupBy(change => change.Service).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal),
            group => [group.Key, group.Count()])),
        ["What does checkout depend on?"] = ("dependencies-of-service", () => [["inventory-db"], ["payments"]]),
        ["Who depends on inventory-db?"] = ("callers-of-service", () => [["catalog"], ["checkout"], ["search"]]),
        ["How many incidents were there by month?"] = ("incidents-by-month", () => Rows(
            Shop.Incidents.GroupBy(incident => Month(incident.Opened)).OrderBy(group => group.Key), group => [group.Key, group.Count()])),
        ["Which incidents are open?"] = ("open-incidents", () => Rows(
            Shop.Incidents.Where(incident => incident.Status == "open").OrderByDescending(incident => incident.Opened), one => [one.Id, one.Title, one.Severity, one.Service, one.Opened])),
        ["How often did we blame deployments and were wrong?"] = ("deployments-blamed-wrongly", () =>
        {
            var judged = Shop.Reviews.Where(review => review.BlamedKind == "deployment" && review.Verdict is "confirmed" or "corrected" or "rejected" && review.BlamedKind == "deployment").ToList();
            return [[judged.Count(review => review.Verdict != "confirmed"), judged.Count(review => review.Verdict == "confirmed"), judged.Count]];
        }
        ),
        ["MTTR by severity"] = ("time-to-mitigate", () => Rows(
            Shop.Reviews.GroupBy(review => review.Severity ?? "unknown").OrderBy(group => group.Key, StringComparer.Ordinal),
            group => [group.Key, Mean(group.Where(review => review.Minutes is not null).Select(review => review.Minutes!.Value)), group.Count(review => review.Minutes is not null)])),
        ["What did the model cost by month?"] = ("model-cost-by-month", () => Rows(
            Shop.ModelCosts.GroupBy(cost => Month(cost.Time)).OrderBy(group => group.Key), group => [group.Key, group.Sum(cost => cost.Usd), group.Sum(cost => cost.Tokens)])),
        ["What did each service cost last month?"] = ("cloud-cost-by-service", () => Rows(
            Shop.CloudCosts.Where(cost => cost.Day.Month == 2 && cost.Day.Year == 2026).GroupBy(cost => cost.Service).OrderByDescending(group => group.Sum(cost => cost.Usd)),
            group => [group.Key, group.Sum(cost => cost.Usd)])),
        ["Alarms by source"] = ("alarms-by-source", () => Rows(
            Shop.Alarms.GroupBy(alarm => alarm.Source).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
    };

    public static TheoryData<string> Asked => [.. Cases.Keys];

    [PortTheory]
    [MemberData(nameof(Asked))]
    public async Task A_question_like_a_trusted_pair_needs_no_model(string question)
    {
        var answer = await fixture.Desk().AskAsync(new Question(question), default);
        answer.ShouldHave(Cases[question].Rows());
        ((Answer.Answered)answer).Trusted!.Pair.ShouldBe(Cases[question].Pair);
    }

    [PortTheory]
    [InlineData("Which service lost the fewest requests?")]
    [InlineData("Which service never lost a request?")]
    [InlineData("What is the weather in Seoul?")]
    [InlineData("What do customers of checkout say?")]
    [InlineData("drop all tables")]
    public async Task A_question_unlike_all_pairs_is_told_what_is_missing(string question)
    {
        var without = (await fixture.Desk().AskAsync(new Question(question), default)).ShouldBeOfType<Answer.WithoutModel>();
        without.Reason.ShouldContain("no model");
        without.Remedy.ShouldContain("--model");
    }

    [PortFact]
    public async Task A_follow_up_puts_another_time_into_the_pair_before_it()
    {
        var first = (Answer.Answered)await fixture.Desk().AskAsync(new Question("Error rate of payments by hour yesterday"), default);
        var next = await fixture.Desk().AskAsync(new Question("and today?") { Before = [first.Turn] }, default);
        next.ShouldHave(Rows(
            Shop.SpansIn(Today, Today.AddDays(1)).Where(span => span.Service == "payments").GroupBy(span => Hour(span.Time)).OrderBy(group => group.Key),
            group => [group.Key, group.Average(span => span.Failed ? 1.0 : 0)]));
    }

    [PortFact]
    public async Task A_follow_up_puts_another_service_into_the_pair_before_it()
    {
        var first = (Answer.Answered)await fixture.Desk().AskAsync(new Question("What does checkout depend on?"), default);
        (await fixture.Desk().AskAsync(new Question("and catalog?") { Before = [first.Turn] }, default)).ShouldHave([["inventory-db"], ["search"]]);
    }

    private static List<object?[]> Lost(DateTime from, DateTime to) => Rows(
        Shop.SpansIn(from, to).GroupBy(span => span.Service).OrderByDescending(group => group.Count(span => span.Failed)).ThenBy(group => group.Key, StringComparer.Ordinal),
        group => [group.Key, group.Count(span => span.Failed), group.Count()]);

    private static bool Is5xx(SpanRow span) => span.Status is >= 500 and <= 599 || (span.Status is null && span.Failed);
}
