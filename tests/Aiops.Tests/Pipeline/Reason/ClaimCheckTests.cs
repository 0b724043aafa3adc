using Aiops.Analysis;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Checks;

namespace Aiops.Tests.Pipeline.Reason;

public sealed class ClaimCheckTests
{
    private static readonly Dictionary<string, Citable> Evidence = new[]
    {
        Of("E1", "checkout", "checkout-errors: ALARM since 14:20."),
        Of("E2", "payments", "AWS/Lambda Errors (Sum) of payments rose from 0 to 204 at 14:17, 167 robust deviations."),
        Of("E3", "payments", "checkout and shop-alb depend on payments, which explains what they show, the alarm included."),
        Of("E4", "payments", "payments 5.12.0 deployed (was 5.11.3) at 14:16, 40 s before it began."),
        Of("E5", "payments", "AWS/Lambda Duration (Average) of payments rose from 208 ms to 250 ms at 14:17, 3.23 robust deviations."),
        Of("E6", "checkout", "http.server.errors (Sum) of checkout rose from 0 requests to 191 requests at 14:17, 175 robust deviations."),
        Of("E10", "checkout", "checkout depends on payments, whose trouble explains 84.6 % of its latency and errors."),
        Of("E14", "orders", "AWS/ECS CPUUtilization (Average) of orders fell from 28.8 % to 9.84 % at 14:06, 31.9 robust deviations."),
        Of("L1", "payments", "ERROR pattern of payments is new: 612 lines, none before: “Task timed out after <*> seconds”."),
        Of("P1", "payments", "INC-1017 of 2026-03-01, 83 % alike (same service, same metric): it was payments: Version 5.4.0 mishandled orders without a currency."),
        Of("M1", "", "traces missing: missing is all of the spans."),
        Of("E20", "shop-alb", "As far as the topology knows, checkout doesn't depend on shop-alb."),
        Of("E18", "shop-alb", "AWS/ApplicationELB HTTPCode_Target_5XX_Count (Sum) of shop-alb rose from 3 to 185 at 14:17, 97 robust deviations."),
        Of("E11", "inventory", "inventory 3.39.1 deployed (was 3.39.0) at 13:43, 22.7 min before it began."),
        Of("E12", "inventory", "inventory departed 9 min after orders."),
        Of("E13", "inventory", "The change in calls to inventory comes from checkout, which explains 100 % of it."),
        Of("E15", "inventory", "checkout waits 491 ms longer for GET /stock of inventory than it takes (51.9 ms before), and 47.5 % of all calls to inventory are slow that way: its network or a queue before it."),
        Of("E16", "orders", "http.server.request.duration of orders stopped at 14:05: about 16 samples are missing."),
        Of("E17", "orders", "GET /orders of orders fails by itself in 61.7 % of calls (0 % before)."),
        Of("E19", "inventory", "WARN pattern of inventory is new: 52 lines, none before: “could not open a transaction: remaining slots are reserved”. Since 14:28."),
        Of("E21", "inventory", "ERROR pattern of inventory is new: 3 lines, none before: “at 99:99 and 24:10: failed to reserve the order”. Since 14:28."),
        Of("E22", "checkout", "checkout no longer logs “order placed” after “paid” of payments: in 3 % of 29 traces, 32 % of 154 before."),
        Of("E23", "payments", "GET /rates of payments isn't called any more (12 calls before, 0 now)."),
        Of("E24", "orders", "ECS/ContainerInsights RunningTaskCount (Average) of orders fell from 4 to 1 at 00:02, 9 robust deviations."),
        Of("E25", "orders", "orders 2.0.1 deployed (was 2.0.0) at 23:58."),
        Of("P2", "shop-alb", "shop-alb looks 83 % like a suspect of INC-1018, which was the cause there (it was shop-alb)."),
        Of("P3", "", "Runbook “orders”: Restart orders where its tasks are stuck."),
        Of("H2", "checkout", "checkout fails since 14:17, most likely because of payments. Confidence 0.033, 3.3 %. Ranked second by the engine."),
        Of("H1", "payments", "payments misbehaves after a deployment since 14:17. Confidence 0.975, 97.5 %. Ranked first by the engine, the most likely."),
        Of("I0", "checkout", "Sev2 errors: checkout-errors. Alarmed 14:20 on 2026-03-24 UTC. 3 alarms, 0 still firing."),
        Of("I", "checkout", "Sev2 errors: checkout-errors. Alarmed 14:20 on 2026-03-24 UTC. Began 14:17 by the evidence. 3 alarms, 2 still firing. Alarms name: checkout, shop-alb."),
    }.ToDictionary(one => one.Id);

    private static readonly ClaimCheck Check = new(Evidence, new HashSet<string> { "payments", "checkout", "orders", "shop-alb", "inventory" });
    private static readonly ClaimScope Scope = new("payments", new HashSet<string> { "E2", "E3", "E4", "E5", "H1" });

    private static Citable Of(string id, string component, string text) => new(id, component, text, id[0] is 'I' or 'H' ? null : new Evidence
    {
        Id = id,
        Kind = id switch
        {
            "E4" or "E11" or "E25" => EvidenceKind.Change,
            "E3" or "E10" or "E12" or "E13" or "E20" => EvidenceKind.Topology,
            "E15" or "E17" or "E23" => EvidenceKind.Trace,
            "E1" => EvidenceKind.Alarm,
            "E19" or "E21" or "E22" => EvidenceKind.Log,
            _ => id[0] switch { 'P' => EvidenceKind.PastIncident, 'L' => EvidenceKind.Log, _ => EvidenceKind.Metric },
        },
        Component = component,
        Statement = text,
        Provenance = new Provenance("test", "", new TimeWindow(default, default)),
    });

    private static StrikeReason? Judge(string text, params string[] evidence) => Check.Judge(new AnsweredClaim { Text = text, Evidence = evidence }, Scope);

    [Theory]
    [InlineData("payments 5.12.0 was deployed at 14:16, 40 s before the trouble began.", "E4")]
    [InlineData("Errors of payments rose from 0 to 204 at 14:17.", "E2")]
    [InlineData("The errors of payments climbed to 204 at 14:17; 5.12.0 was deployed at 14:16.", "E2", "E4")]
    [InlineData("payments was upgraded from 5.11.3 to 5.12.0; it was deployed at 14:16.", "E4")]
    [InlineData("The average duration of payments increased from 208 ms to 250 ms.", "E5")]
    [InlineData("The average duration of payments went from 0.208 s to 0.25 s.", "E5")]
    [InlineData("checkout depends on payments, and about 85 % of its errors are explained by it.", "E10")]
    [InlineData("checkout and shop-alb depend on payments, which explains the alarm.", "E3")]
    [InlineData("payments is the cause: its errors rose to 204.", "E2")]
    [InlineData("A new ERROR pattern appeared in payments: 612 lines that say a task timed out.", "L1")]
    [InlineData("INC-1017 was alike: payments 5.4.0 mishandled orders.", "P1")]
    [InlineData("3 alarms fired and 2 are still firing; checkout-errors came at 14:20.", "I")]
    [InlineData("CPUUtilization of orders fell to 9.84 %.", "E14")]
    [InlineData("The CPU of orders dropped to 9.84 %.", "E14")]
    [InlineData("문제가 시작되기 40 s 전에 payments 5.12.0이 14:16에 배포되었습니다.", "E4")]
    [InlineData("payments is the most probable cause.", "H1")]
    [InlineData("None of the 3 alarms is still firing.", "I0")]
    [InlineData("checkout's server errors rose to 191 requests.", "E6")]
    [InlineData("The incident began at 14:17 and was alarmed at 14:20.", "I")]
    [InlineData("The engine ranks payments first, with a confidence of 0.98.", "H1")]
    [InlineData("checkout fails since 14:17, most likely because of payments.", "H2")]
    [InlineData("inventory departed 9 min after orders.", "E12")]
    [InlineData("As far as the topology knows, checkout does not depend on shop-alb.", "E20")]
    [InlineData("The trouble of payments explains 84.6 % of the latency of checkout.", "E10")]
    [InlineData("5XX responses of shop-alb rose from 3 to 185.", "E18")]
    [InlineData("payments의 오류가 14:17에 0에서 204로 증가했습니다.", "E2")]
    [InlineData("payments의 평균 응답 시간이 208 ms에서 250 ms로 늘어났습니다.", "E5")]
    [InlineData("checkout의 지연과 오류 84.6%는 payments 때문입니다.", "E10")]
    public void What_the_evidence_says_stands(string text, params string[] evidence) => Judge(text, evidence).ShouldBeNull();

    [Theory]
    [InlineData("payments 5.12.0 was deployed at 14:16, and its errors rose from 0 to 204 at 14:17.", "E4", "E2")]
    [InlineData("The errors of payments rose at 14:17, after 5.12.0 was deployed at 14:16.", "E2", "E4")]
    [InlineData("After 5.12.0 of payments was deployed at 14:16, its errors rose at 14:17.", "E4", "E2")]
    [InlineData("payments 5.12.0 was deployed at 14:16, before its errors rose at 14:17.", "E4", "E2")]
    [InlineData("The errors of payments rose to 204 when the errors of checkout rose to 191 requests.", "E2", "E6")]
    [InlineData("The duration of payments rose at 14:17, and the errors of checkout rose to 191 requests.", "E5", "E6")]
    [InlineData("5.12.0 of payments replaced 5.11.3 at 14:16.", "E4")]
    [InlineData("GET /orders of orders now fails in 61.7 % of calls, against 0 % before.", "E17")]
    [InlineData("orders 2.0.1 was deployed at 23:58, before its running tasks fell from 4 to 1 at 00:02.", "E25", "E24")]
    [InlineData("payments 5.12.0이 14:16에 배포된 뒤 14:17에 오류가 0에서 204로 증가했습니다.", "E4", "E2")]
    public void Two_pieces_are_told_in_one_sentence_part_by_part(string text, params string[] evidence) => Judge(text, evidence).ShouldBeNull();

    [Theory]
    [InlineData("The errors of payments rose at 14:17, before 5.12.0 was deployed at 14:16.", "E2", "E4")]
    [InlineData("After the errors of payments rose at 14:17, 5.12.0 was deployed at 14:16.", "E2", "E4")]
    [InlineData("inventory 3.39.1 was deployed at 13:43, when the errors of payments rose to 204.", "E11", "E2")]
    [InlineData("Errors rose to 204 requests in checkout and to 191 in payments at 14:17.", "E2", "E6")]
    [InlineData("The running tasks of orders fell at 00:02, before 2.0.1 was deployed at 23:58.", "E24", "E25")]
    [InlineData("The duration of payments rose at 14:17, and its errors rose to 191 requests.", "E5", "E6")]
    [InlineData("The duration of payments rose at 14:17, which explains the errors of checkout.", "E5", "E6")]
    [InlineData("inventory 3.39.1, deployed at 13:43, stopped the request duration of orders at 14:05.", "E11", "E16")]
    [InlineData("inventory 3.39.1 was deployed, the alarm included.", "E11", "E3")]
    [InlineData("inventory 3.39.1 deployed at 13:43, which explains what checkout shows.", "E11", "E3")]
    [InlineData("The 3 alarms name checkout and inventory.", "I", "E11")]
    [InlineData("The incident began at 13:43, when inventory 3.39.1 was deployed.", "E11", "I")]
    [InlineData("checkout and inventory 3.39.1 deployed at 13:43.", "E11", "E6")]
    [InlineData("payments 5.12.0 and inventory 3.39.1 were deployed together at 14:16.", "E4", "E11")]
    public void What_neither_piece_holds_both_together_do_not_hold_either(string text, params string[] evidence) => Judge(text, evidence).ShouldBe(StrikeReason.Mixed);

    [Theory]
    [InlineData(StrikeReason.UnheldWord, "Errors of payments rose to 204 and angered customers.", "E2")]
    [InlineData(StrikeReason.UnheldWord, "payments 5.12.0, hastily deployed at 14:16.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of checkout rose to 175 requests at 14:17.", "E6")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments went back to 0.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "GET /orders of orders fails in 0 % of calls.", "E17")]
    [InlineData(StrikeReason.UnheldNumber, "GET /orders of orders fails in 0 % of calls, 61.7 % before.", "E17")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose by 204.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "The duration of payments is 250 ms longer.", "E5")]
    [InlineData(StrikeReason.UnheldNumber, "orders stopped at 14:05.", "E16")]
    [InlineData(StrikeReason.UnheldNumber, "payments had 204 at 14:17.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "The incident began at 14:20 and was alarmed at 14:17.", "I")]
    [InlineData(StrikeReason.UnheldNumber, "The 3 alarms came at 14:17.", "I")]
    [InlineData(StrikeReason.UnheldNumber, "0.975 of the evidence is for payments.", "H1")]
    [InlineData(StrikeReason.UnheldNumber, "payments 5.12.0 was deployed for 40 s.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "checkout depends on payments, and it shows 84.6 % of its latency and errors.", "E10")]
    [InlineData(StrikeReason.UnheldNumber, "payments fails in 61.7 % of calls.", "E17")]
    [InlineData(StrikeReason.UnheldNumber, "checkout waits 491 ms for GET /stock of inventory, 51.9 ms now.", "E15")]
    [InlineData(StrikeReason.Contradicts, "GET /rates of payments is called now.", "E23")]
    [InlineData(StrikeReason.Contradicts, "inventory could open a transaction since 14:28.", "E19")]
    [InlineData(StrikeReason.UnheldMechanism, "The latency of checkout rose.", "E22")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "The running tasks of orders were lowered from 4 to 1.", "E24")]
    [InlineData(StrikeReason.UnheldMechanism, "The orders table was dropped at 00:02.", "E24")]
    [InlineData(StrikeReason.Unrelated, "shop-alb was the cause.", "P2")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "orders was restarted where its tasks are stuck.", "P3")]
    [InlineData(StrikeReason.UnheldName, "Errors of payments rose to 204².", "E2")]
    [InlineData(StrikeReason.UnheldName, "checkout depends on payments, which explains 84.6 ‰ of its errors.", "E10")]
    [InlineData(StrikeReason.UnheldNumber, "The errors of checkout doubled with payments.", "E10")]
    [InlineData(StrikeReason.UnheldNumber, "The incident began at 14:20, and was alarmed at 14:17.", "I")]
    [InlineData(StrikeReason.UnheldNumber, "http.server.request.duration of orders fell to 16 at 14:05.", "E16")]
    [InlineData(StrikeReason.Contradicts, "The 3 alarms of checkout are still firing.", "I0")]
    [InlineData(StrikeReason.UnheldName, "ERROR lines of inventory are new.", "E19")]
    [InlineData(StrikeReason.Overstated, "Errors of payments rose slightly to 204.", "E2")]
    [InlineData(StrikeReason.Overstated, "The duration of payments rose sharply to 250 ms.", "E5")]
    [InlineData(StrikeReason.Overstated, "Each request of checkout has errors.", "E6")]
    [InlineData(StrikeReason.Overstated, "checkout doesn't depend on this component.", "E20")]
    [InlineData(StrikeReason.Contradicts, "payments 5.11.3 was deployed at 14:16.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "100 % of the calls to inventory come from checkout.", "E13")]
    [InlineData(StrikeReason.Contradicts, "47.5 % of all calls to inventory are slow: its network.", "E15")]
    [InlineData(StrikeReason.Contradicts, "The trouble of shop-alb and checkout explains what payments shows.", "E3")]
    [InlineData(StrikeReason.Contradicts, "inventory did not log a transaction since 14:28.", "E19")]
    [InlineData(StrikeReason.UnknownCause, "checkout is the most likely cause since 14:17.", "H2")]
    [InlineData(StrikeReason.UnknownCause, "checkout is the most likely since 14:17.", "H2")]
    [InlineData(StrikeReason.UnknownCause, "The errors of payments rose because 204 rose.", "E2")]
    [InlineData(StrikeReason.Unrelated, "payments mishandled orders without a currency, as in INC-1017.", "P1")]
    [InlineData(StrikeReason.Unrelated, "In INC-1017, as in this incident, payments mishandled orders.", "P1")]
    public void Nor_does_one_piece_hold_its_own_words_turned(StrikeReason reason, string text, params string[] evidence) => Judge(text, evidence).ShouldBe(reason);

    [Fact]
    public void A_sentence_of_many_parts_is_judged_without_trying_each_way_to_part_it()
    {
        var many = string.Join(" and ", Enumerable.Repeat("its errors rose to 204", 9)); // 8 joints
        Judge(many, "E2", "E4").ShouldBeNull(); // One piece holds all of it.
        var mixed = $"{string.Join(" and ", Enumerable.Repeat("payments rose", 7))} and 5.12.0 was deployed";
        Judge($"{mixed} and its errors rose", "E2", "E4").ShouldBeNull();
        Judge($"{mixed} and its errors rose and its errors rose", "E2", "E4").ShouldBe(StrikeReason.Mixed); // More parts than are tried.
        Judge($"After payments 5.12.0 was deployed, its errors rose{string.Concat(Enumerable.Repeat(", it", 60))}, zombie.", "E4", "E2").ShouldBe(StrikeReason.Mixed);
    }

    [Theory]
    [InlineData(StrikeReason.UnknownEvidence, "Errors of payments rose to 204.", "E99")]
    [InlineData(StrikeReason.UnknownEvidence, "Errors of payments rose to 204.")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose to 205.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose to 204 %.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "The duration of payments rose to 250 s.", "E5")]
    [InlineData(StrikeReason.UnheldNumber, "The duration of payments rose to 250 minutes.", "E5")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose to 204 at 14:18.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose to 191.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments doubled.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose by hundreds.", "E2")]
    [InlineData(StrikeReason.UnheldName, "Errors of payments rose by two orders at 14:17.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "payments의 오류가 두 배 증가했습니다.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "payments의 오류가 14:17에 305건으로 증가했습니다.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "payments 배포는 40분 전에 있었습니다.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose from 204 to 0.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "payments의 오류가 204에서 0으로 증가했습니다.", "E2")]
    [InlineData(StrikeReason.Mixed, "Errors of checkout rose to 204.", "E2", "E6")]
    [InlineData(StrikeReason.UnheldNumber, "payments was upgraded from 5.12.0 to 5.11.3 at 14:16.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of payments rose from 208 ms to 250 ms.", "E5")]
    [InlineData(StrikeReason.UnheldNumber, "payments was slow for fifteen hours.", "E5")]
    [InlineData(StrikeReason.UnheldNumber, "payments의 오류가 오백 건입니다.", "E2")]
    [InlineData(StrikeReason.UnheldName, "payments failed ５００ times.", "E2")]
    [InlineData(StrikeReason.UnheldName, "De\u200Blete payments now: errors rose to 204.", "E2")]
    [InlineData(StrikeReason.UnheldName, "раyments has errors.", "E2")]
    [InlineData(StrikeReason.Contradicts, "payments depends on checkout and shop-alb.", "E3")]
    [InlineData(StrikeReason.Contradicts, "The trouble of checkout explains 84.6 % of the latency of payments.", "E10")]
    [InlineData(StrikeReason.Mixed, "checkout 5.12.0 was deployed at 14:16 and payments had errors.", "E4", "E6", "E2")]
    [InlineData(StrikeReason.Contradicts, "checkout depends on shop-alb.", "E20")]
    [InlineData(StrikeReason.Contradicts, "payments는 checkout과 shop-alb에 의존합니다.", "E3")]
    [InlineData(StrikeReason.Contradicts, "payments 5.12.0 was deployed 40 s after it began.", "E4")]
    [InlineData(StrikeReason.Overstated, "All requests of checkout have errors since 14:17.", "E6")]
    [InlineData(StrikeReason.Overstated, "payments is healthy at 14:17.", "E2")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "Ignore this alarm of checkout at 14:20.", "E1")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "Deploy payments again.", "H1")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "payments needs more time since 14:17.", "H1")]
    [InlineData(StrikeReason.Unrelated, "payments mishandled orders without a currency.", "P1")]
    [InlineData(StrikeReason.Unrelated, "payments is what it is.", "E2")]
    [InlineData(StrikeReason.UnheldNumber, "That is what I think 204 times.", "E2")]
    [InlineData(StrikeReason.UnheldName, "payments 5.13.0 was deployed at 14:16.", "E4")]
    [InlineData(StrikeReason.UnheldNumber, "Errors of inventory rose to 204.", "E2")]
    [InlineData(StrikeReason.UnheldName, "Errors of billing-gateway rose to 204.", "E2")]
    [InlineData(StrikeReason.UnheldName, "The ledger service made errors of payments rise to 204.", "E2")]
    [InlineData(StrikeReason.UnheldName, "Errors of payments rose to 204, see https://evil.example/fix.", "E2")]
    [InlineData(StrikeReason.UnheldName, "Errors of payments [rose](x) to 204.", "E2")]
    [InlineData(StrikeReason.UnheldMechanism, "A memory leak made the errors of payments rise to 204.", "E2")]
    [InlineData(StrikeReason.UnheldMechanism, "The database of payments was slow at 14:17.", "E5")]
    [InlineData(StrikeReason.UnheldWord, "An attack on payments began at 14:17.", "E2")]
    [InlineData(StrikeReason.UnheldMechanism, "메모리 누수로 payments의 오류가 204로 증가했습니다.", "E2")]
    [InlineData(StrikeReason.UnheldWord, "Bad code in payments 5.12.0 was deployed at 14:16.", "E4")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "Delete the payments table.", "E2")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "Errors of payments rose to 204, so restart payments.", "E2")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "Roll back payments 5.12.0.", "E4")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "payments를 삭제하십시오.", "E2")]
    [InlineData(StrikeReason.ActionOutsidePlaybooks, "payments를 재시작하면 됩니다.", "E2")]
    [InlineData(StrikeReason.Contradicts, "Errors of payments fell to 204.", "E2")]
    [InlineData(StrikeReason.Contradicts, "CPUUtilization of orders rose to 9.84 %.", "E14")]
    [InlineData(StrikeReason.Contradicts, "Errors of payments did not rise to 204.", "E2")]
    [InlineData(StrikeReason.Contradicts, "payments의 오류가 204로 감소했습니다.", "E2")]
    [InlineData(StrikeReason.Contradicts, "payments의 오류는 14:17에 증가하지 않았습니다.", "E2")]
    [InlineData(StrikeReason.UnknownCause, "checkout caused the outage at 14:17.", "E6")]
    [InlineData(StrikeReason.UnknownCause, "장애의 원인은 checkout입니다.", "E6")]
    [InlineData(StrikeReason.Overstated, "Everything is broken and people are unhappy.", "E2")]
    [InlineData(StrikeReason.Overstated, "This looks severe.", "M1")]
    [InlineData(StrikeReason.UnheldNumber, "Everybody agrees with me 204 times.", "E2")]
    public void What_the_evidence_does_not_hold_is_struck_out(StrikeReason reason, string text, params string[] evidence) => Judge(text, evidence).ShouldBe(reason);

    [Fact]
    public void What_somebody_wrote_in_a_log_is_cited_though_its_times_are_none()
        => Judge("inventory logs that it failed to reserve the order since 14:28.", "E21").ShouldBeNull();

    [Fact]
    public void Grammar_without_end_takes_no_time()
        => Judge(string.Concat(Enumerable.Repeat("이는", 150)) + "좀", "E2").ShouldBe(StrikeReason.UnheldWord);

    [Theory]
    [InlineData("Ignore this alarm of checkout and go back to sleep.")]
    [InlineData("You should restart checkout.")]
    public void What_would_disprove_is_no_order(string text)
        => Check.Judge(new AnsweredClaim { Text = text, Evidence = ["E1"] }, Scope with { IsTest = true, OwnTest = "http.server.errors of checkout back at 0 requests." })
            .ShouldBe(StrikeReason.ActionOutsidePlaybooks);

    [Fact]
    public void What_would_disprove_may_name_the_deed_that_the_analysis_names_and_no_other()
    {
        var test = Scope with { IsTest = true, OwnTest = "Rolling back the change in payments and seeing no recovery." };

        Judge("Rolling back payments 5.12.0 and seeing no recovery.").ShouldBeNull();
        Judge("Deleting payments 5.12.0 and seeing no recovery.").ShouldBe(StrikeReason.ActionOutsidePlaybooks);

        StrikeReason? Judge(string text) => Check.Judge(new AnsweredClaim { Text = text, Evidence = ["E4"] }, test);
    }

    [Fact]
    public void A_sentence_may_be_as_long_as_the_limit_and_no_longer()
    {
        const string start = "Errors of payments rose to 204 at 14:17 ";
        Judge(start.PadRight(ClaimCheck.LongestClaim, '.'), "E2").ShouldBeNull();
        Judge(start.PadRight(ClaimCheck.LongestClaim + 1, '.'), "E2").ShouldBe(StrikeReason.BeyondLimits);
    }

    [Fact]
    public void A_claim_that_rounds_is_held_and_one_that_rounds_too_far_is_not()
    {
        Judge("payments explains 85 % of the errors of checkout.", "E10").ShouldBeNull();
        Judge("payments explains 84 % of the errors of checkout.", "E10").ShouldBe(StrikeReason.UnheldNumber);
        Judge("The duration of payments rose by 3 robust deviations to 250 ms.", "E5").ShouldBeNull(); // 3.23
        Judge("It was 32 robust deviations and CPUUtilization of orders fell.", "E14").ShouldBeNull(); // 31.9
        Judge("It was 30 robust deviations and CPUUtilization of orders fell.", "E14").ShouldBe(StrikeReason.UnheldNumber);
    }

    [Fact]
    public void The_engines_own_sentences_all_stand_when_they_cite_themselves()
    {
        foreach (var one in Evidence.Values.Where(one => !one.Text.Contains('<') && one.Id != "P3")) // A runbook's words are no engine's.
        {
            Judge(one.Text, one.Id).ShouldBeNull(one.Id);
        }
    }
}
