using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;
using static Aiops.Ask.Tests.Questions.Expected;

namespace Aiops.Ask.Tests.Questions;

/// <summary>Questions for which a model, played from a script, writes the statement; the answers are counted in C#.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class ModelQuestionTests(ShopFixture fixture)
{
    private static readonly ShopData Shop = ShopData.Instance;
    private static readonly DateTime Today = ShopData.Now.Date;

    private static readonly Dictionary<string, (string Sql, Func<List<object?[]>> Rows)> Cases = new()
    {
        ["How many requests were there?"] = ("SELECT count(*) FROM spans", () => [[Shop.Spans.Count]]),
        ["How many requests failed today?"] = (
            "SELECT count(*) FROM spans WHERE failed AND time >= TIMESTAMP '2026-03-11' AND time < TIMESTAMP '2026-03-12'",
            () => [[Shop.SpansIn(Today, Today.AddDays(1)).Count(span => span.Failed)]]),
        ["Cost per thousand orders by month"] = (
            """
            WITH spent AS (SELECT date_trunc('month', day) AS month, sum(usd) AS usd FROM cloud_cost GROUP BY month),
                 ordered AS (SELECT date_trunc('month', day) AS month, sum(orders) AS orders FROM orders GROUP BY month)
            SELECT spent.month, 1000 * usd / orders AS usd_per_thousand FROM spent JOIN ordered ON spent.month = ordered.month ORDER BY spent.month
            """,
            () => Rows(
                Shop.CloudCosts.GroupBy(cost => (cost.Day.Year, cost.Day.Month)).OrderBy(group => group.Key),
                group => [new DateTime(group.Key.Year, group.Key.Month, 1), 1000 * group.Sum(cost => cost.Usd) / Shop.Orders.Where(one => (one.Day.Year, one.Day.Month) == group.Key).Sum(one => one.Orders)])),
        ["Which service lost the fewest requests?"] = (
            "SELECT service, count(*) FILTER (WHERE failed) AS lost FROM spans GROUP BY service ORDER BY lost, service LIMIT 1",
            () => Rows(Shop.Spans.GroupBy(span => span.Service).OrderBy(group => group.Count(span => span.Failed)).Take(1), group => [group.Key, group.Count(span => span.Failed)])),
        ["4xx by service"] = (
            "SELECT service, count(*) AS n FROM spans WHERE status_code BETWEEN 400 AND 499 GROUP BY service ORDER BY n DESC, service",
            () => Rows(Shop.Spans.Where(span => span.Status is >= 400 and < 500).GroupBy(span => span.Service).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["p95 of checkout by weekday"] = (
            "SELECT isodow(time) AS weekday, quantile_cont(duration_ms, 0.95) AS p95 FROM spans WHERE service = 'checkout' GROUP BY weekday ORDER BY weekday",
            () => Rows(
                Shop.Spans.Where(span => span.Service == "checkout").GroupBy(span => ((int)span.Time.DayOfWeek + 6) % 7 + 1).OrderBy(group => group.Key),
                group => [group.Key, Quantile(group.Select(span => span.Milliseconds), 0.95)])),
        ["At which hour of the day do payments fail most?"] = (
            "SELECT hour(time) AS hour, avg(failed::INT) AS rate FROM spans WHERE service = 'payments' GROUP BY hour ORDER BY rate DESC LIMIT 1",
            () => Rows(
                Shop.Spans.Where(span => span.Service == "payments").GroupBy(span => span.Time.Hour).Select(group => (group.Key, Rate: group.Average(span => span.Failed ? 1.0 : 0))).OrderByDescending(one => one.Rate).Take(1),
                one => [one.Key, one.Rate])),
        ["Slowest request of each service"] = (
            "SELECT service, max(duration_ms) AS slowest FROM spans GROUP BY service ORDER BY service",
            () => Rows(Shop.Spans.GroupBy(span => span.Service).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Max(span => span.Milliseconds)])),
        ["How many traces span several services?"] = (
            "SELECT count(*) FROM (SELECT trace_id FROM spans GROUP BY trace_id HAVING count(DISTINCT service) > 1)",
            () => [[Shop.Spans.GroupBy(span => span.Trace).Count(group => group.Select(span => span.Service).Distinct().Count() > 1)]]),
        ["Requests by day with the day before"] = (
            "SELECT day, n, lag(n) OVER (ORDER BY day) AS before FROM (SELECT time::DATE AS day, count(*) AS n FROM spans GROUP BY day) ORDER BY day",
            () =>
            {
                var days = Shop.Spans.GroupBy(span => span.Time.Date).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
                return [.. days.Select((day, i) => new object?[] { day.Key, day.Count, i == 0 ? null : days[i - 1].Count })];
            }
        ),
        ["Share of all requests by service"] = (
            "SELECT service, count(*) / sum(count(*)) OVER () AS share FROM spans GROUP BY service ORDER BY service",
            () => Rows(Shop.Spans.GroupBy(span => span.Service).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, (double)group.Count() / Shop.Spans.Count])),
        ["Which services wrote 'out of memory'?"] = (
            "SELECT service, count(*) AS lines FROM logs WHERE body ILIKE '%out of memory%' GROUP BY service ORDER BY lines DESC, service",
            () => Rows(Shop.Logs.Where(line => line.Body == "out of memory").GroupBy(line => line.Service).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Error lines per thousand requests by service"] = (
            """
            WITH bad AS (SELECT service, count(*) AS lines FROM logs WHERE severity IN ('ERROR', 'FATAL') GROUP BY service), good AS (SELECT service, count(*) AS requests FROM spans GROUP BY service)
            SELECT good.service, 1000.0 * lines / requests AS rate FROM good LEFT JOIN bad USING (service) ORDER BY good.service
            """,
            () => Rows(
                Shop.Spans.GroupBy(span => span.Service).OrderBy(group => group.Key, StringComparer.Ordinal),
                group => [group.Key, 1000.0 * Shop.Logs.Count(line => line.Service == group.Key && line.Severity is "ERROR" or "FATAL" && line.Service == group.Key) / group.Count()])),
        ["When was the first fatal line?"] = (
            "SELECT min(time) FROM logs WHERE severity = 'FATAL'", () => [[Shop.Logs.Where(line => line.Severity == "FATAL").Min(line => line.Time)]]),
        ["To which hosts do connections time out?"] = (
            "SELECT regexp_extract(body, 'to (\\S+) timed out', 1) AS host, count(*) AS lines FROM logs WHERE body LIKE '%timed out' GROUP BY host ORDER BY host",
            () => Rows(Shop.Logs.Where(line => line.Body.EndsWith("timed out", StringComparison.Ordinal)).GroupBy(line => line.Body.Split(' ')[3]).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Mean CPU by service"] = (
            "SELECT service, avg(value) AS cpu FROM metrics WHERE metric = 'cpu.utilization' GROUP BY service ORDER BY service",
            () => Rows(Shop.Metrics.Where(one => one.Metric == "cpu.utilization").GroupBy(one => one.Service).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Average(one => one.Value)])),
        ["Deepest queue and when"] = (
            "SELECT max(value) AS depth, arg_max(time, value) AS at_time FROM metrics WHERE metric = 'queue.depth'",
            () => Rows(Shop.Metrics.Where(one => one.Metric == "queue.depth").OrderByDescending(one => one.Value).Take(1), one => [one.Value, one.Time])),
        ["Who deployed how often?"] = (
            "SELECT actor, count(*) AS n FROM changes WHERE kind = 'deployment' GROUP BY actor ORDER BY actor",
            () => Rows(Shop.Changes.Where(change => change.Kind == "deployment").GroupBy(change => change.Actor).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Last five changes"] = (
            "SELECT time, service, kind FROM changes ORDER BY time DESC LIMIT 5",
            () => Rows(Shop.Changes.OrderByDescending(change => change.Time).Take(5), one => [one.Time, one.Service, one.Kind])),
        ["Which services have had no deployment?"] = (
            "SELECT DISTINCT service FROM spans WHERE service NOT IN (SELECT service FROM changes WHERE kind = 'deployment') ORDER BY service",
            () => Rows(ShopData.Services.Where(service => !Shop.Changes.Any(change => change.Kind == "deployment" && change.Service == service)), service => [service])),
        ["How many services does each call?"] = (
            "SELECT caller, count(*) AS callees FROM calls GROUP BY caller ORDER BY callees DESC, caller",
            () => Rows(Shop.Calls.GroupBy(call => call.Caller).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["What do the callees of catalog call?"] = (
            "SELECT DISTINCT b.callee FROM calls a JOIN calls b ON a.callee = b.caller WHERE a.caller = 'catalog' ORDER BY 1", () => [["inventory-db"]]),
        ["Incidents by kind and severity"] = (
            "SELECT kind, severity, count(*) AS n FROM incidents WHERE severity IS NOT NULL GROUP BY ALL ORDER BY kind, severity",
            () => Rows(
                Shop.Incidents.Where(one => one.Severity is not null).GroupBy(one => (one.Kind, one.Severity)).OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenBy(group => group.Key.Severity, StringComparer.Ordinal),
                group => [group.Key.Kind, group.Key.Severity, group.Count()])),
        ["Mean minutes until resolved by service"] = (
            "SELECT service, avg(date_diff('second', opened, resolved) / 60.0) AS minutes FROM incidents WHERE resolved IS NOT NULL GROUP BY service ORDER BY service",
            () => Rows(Shop.Incidents.Where(one => one.Resolved is not null).GroupBy(one => one.Service).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Average(one => (one.Resolved!.Value - one.Opened).TotalMinutes)])),
        ["How many incidents were open on the first of March?"] = (
            "SELECT count(*) FROM incidents WHERE opened < TIMESTAMP '2026-03-01' AND (resolved IS NULL OR resolved >= TIMESTAMP '2026-03-01')",
            () => [[Shop.Incidents.Count(one => one.Opened < new DateTime(2026, 3, 1) && (one.Resolved is null || one.Resolved >= new DateTime(2026, 3, 1)))]]),
        ["Incidents with more than three alarms"] = (
            "SELECT id FROM incidents WHERE alarms > 3 ORDER BY id", () => Rows(Shop.Incidents.Where(one => one.Alarms > 3), one => [one.Id])),
        ["Critical alarms by service"] = (
            "SELECT service, count(*) AS n FROM alarms WHERE severity = 'critical' GROUP BY service ORDER BY service",
            () => Rows(Shop.Alarms.Where(alarm => alarm.Severity == "critical").GroupBy(alarm => alarm.Service).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Do incidents and alarms agree in number?"] = (
            "SELECT count(*) FROM (SELECT i.id FROM incidents i JOIN alarms a ON a.incident_id = i.id GROUP BY i.id, i.alarms HAVING count(*) <> i.alarms)", () => [[0]]),
        ["How confident were we when we were wrong?"] = (
            "SELECT avg(h.confidence) FROM reviews r JOIN hypotheses h ON h.incident_id = r.incident_id AND h.rank = 1 WHERE r.verdict IN ('corrected', 'rejected')",
            () => [[Mean(Shop.Reviews.Where(review => review.Verdict is "corrected" or "rejected").Select(review => Shop.Hypotheses.First(one => one.Incident == review.Incident && one.Rank == 1).Confidence))]]),
        ["How often was the second hypothesis the true cause?"] = (
            "SELECT count(*) FROM reviews r JOIN hypotheses h ON h.incident_id = r.incident_id WHERE h.rank = 2 AND r.verdict = 'corrected' AND r.service = h.service",
            () => [[Shop.Reviews.Count(review => review.Verdict == "corrected" && review.Service == Shop.Hypotheses.First(one => one.Incident == review.Incident && one.Rank == 2).Service)]]),
        ["Share of confirmed analyses by month"] = (
            "SELECT date_trunc('month', time) AS month, avg((verdict = 'confirmed')::INT) AS share FROM reviews WHERE verdict <> 'unreviewed' GROUP BY month ORDER BY month",
            () => Rows(
                Shop.Reviews.Where(review => review.Verdict != "unreviewed").GroupBy(review => Month(review.Time)).OrderBy(group => group.Key),
                group => [group.Key, group.Average(review => review.Verdict == "confirmed" ? 1.0 : 0)])),
        ["Whom do we blame most?"] = (
            "SELECT service, count(*) AS times FROM hypotheses WHERE rank = 1 GROUP BY service ORDER BY times DESC, service",
            () => Rows(Shop.Hypotheses.Where(one => one.Rank == 1).GroupBy(one => one.Service).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal), group => [group.Key, group.Count()])),
        ["Median minutes to mitigate"] = (
            "SELECT median(minutes_to_mitigate) FROM reviews", () => [[Quantile(Shop.Reviews.Where(review => review.Minutes is not null).Select(review => review.Minutes!.Value), 0.5)]]),
        ["Which model costs more per call?"] = (
            "SELECT model, sum(usd) / sum(calls) AS usd_per_call FROM model_cost GROUP BY model ORDER BY usd_per_call DESC",
            () => Rows(
                Shop.ModelCosts.GroupBy(cost => cost.Model).Select(group => (group.Key, Usd: group.Sum(cost => cost.Usd) / group.Sum(cost => cost.Calls))).OrderByDescending(one => one.Usd), one => [one.Key, one.Usd])),
        ["Cloud cost of the last seven days against the seven before"] = (
            "SELECT sum(usd) FILTER (WHERE day > DATE '2026-03-04') AS now, sum(usd) FILTER (WHERE day <= DATE '2026-03-04') AS before FROM cloud_cost WHERE day > DATE '2026-02-25' AND day <= DATE '2026-03-11'",
            () => [[
                Shop.CloudCosts.Where(cost => cost.Day > new DateOnly(2026, 3, 4) && cost.Day <= new DateOnly(2026, 3, 11)).Sum(cost => cost.Usd),
                Shop.CloudCosts.Where(cost => cost.Day > new DateOnly(2026, 2, 25) && cost.Day <= new DateOnly(2026, 3, 4)).Sum(cost => cost.Usd)]]),
        ["On which day were most orders?"] = (
            "SELECT day, orders FROM orders ORDER BY orders DESC, day LIMIT 1", () => Rows(Shop.Orders.OrderByDescending(one => one.Orders).ThenBy(one => one.Day).Take(1), one => [one.Day, one.Orders])),
        ["Every hour of yesterday with its failures, also where there were none"] = (
            """
            SELECT h.hour, count(s.time) AS failures FROM generate_series(TIMESTAMP '2026-03-10', TIMESTAMP '2026-03-10 23:00', INTERVAL 1 HOUR) AS h(hour)
            LEFT JOIN spans s ON date_trunc('hour', s.time) = h.hour AND s.failed AND s.service = 'catalog' GROUP BY h.hour ORDER BY h.hour
            """,
            () => Rows(
                Enumerable.Range(0, 24).Select(hour => Today.AddDays(-1).AddHours(hour)),
                hour => [hour, Shop.Spans.Count(span => span.Failed && span.Service == "catalog" && Hour(span.Time) == hour)])),
        ["Services with an error rate above three per cent"] = (
            "SELECT service FROM spans GROUP BY service HAVING avg(failed::INT) > 0.03 ORDER BY service",
            () => Rows(Shop.Spans.GroupBy(span => span.Service).Where(group => group.Average(span => span.Failed ? 1.0 : 0) > 0.03).OrderBy(group => group.Key, StringComparer.Ordinal), group => [group.Key])),
        ["Is checkout ever slower than payments, by hour of today?"] = (
            """
            SELECT date_trunc('hour', time) AS hour, median(duration_ms) FILTER (WHERE service = 'checkout') > median(duration_ms) FILTER (WHERE service = 'payments') AS slower
            FROM spans WHERE time >= TIMESTAMP '2026-03-11' GROUP BY hour ORDER BY hour
            """,
            () => Rows(
                Shop.SpansIn(Today, Today.AddDays(1)).GroupBy(span => Hour(span.Time)).OrderBy(group => group.Key),
                group => [group.Key, group.Any(span => span.Service == "checkout") && group.Any(span => span.Service == "payments")
                    ? Quantile(group.Where(span => span.Service == "checkout").Select(span => span.Milliseconds), 0.5) > Quantile(group.Where(span => span.Service == "payments").Select(span => span.Milliseconds), 0.5) : null])),
    };

    public static TheoryData<string> Asked => [.. Cases.Keys];

    [Fact]
    public void There_are_sixty_questions_with_those_of_trusted_pairs() => (Cases.Count + TrustedQuestionTests.Asked.Count).ShouldBeGreaterThanOrEqualTo(60);

    [PortTheory]
    [MemberData(nameof(Asked))]
    public async Task What_a_models_statement_answers_is_what_there_is(string question)
    {
        var (sql, rows) = Cases[question];
        var answer = await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql))).AskAsync(new Question(question), default);
        answer.ShouldHave(rows());
        answer.Attempts.ShouldBeEmpty();
    }
}
