using Aiops.Analysis.Learning;

namespace Aiops.Tests.Analysis.Learning;

public sealed class CaseMemoryTests
{
    private static readonly KnownSuspect Database = new(["is:type:table", "is:log:a"], ["metric:Latency:up", "log:New:b"], 0.2);
    private static readonly KnownSuspect Frontend = new(["is:type:service", "is:log:c"], ["metric:Errors:up"], 0.6);

    [Fact]
    public void A_suspect_like_an_earlier_cause_gains_and_one_like_what_was_named_wrongly_loses()
    {
        var memory = new CaseMemory([Case("INC-1", cause: 1) with { Named = 0 }]);
        memory.Recall(Database, 1).LogOdds.ShouldBeGreaterThan(0);
        memory.Recall(Frontend, 1).LogOdds.ShouldBeLessThan(0);
        memory.Recall(Frontend, 1).RuledOut!.CaseId.ShouldBe("INC-1");
    }

    [Fact]
    public void A_bystander_of_a_hundred_incidents_may_still_be_the_cause_of_the_next()
    {
        var memory = new CaseMemory([.. Enumerable.Range(0, 100).Select(i => Case($"INC-{i}", cause: 1) with { Named = 1 })]);
        memory.Recall(Frontend, 100).LogOdds.ShouldBe(0);
    }

    [Fact]
    public void Bystanders_take_back_what_looking_like_a_cause_gains()
    {
        KnownCase once = new("INC-1", [Database], 0, []);
        var telling = new CaseMemory([once]).Recall(Database, 1).LogOdds;
        var diluted = new CaseMemory([once, .. Enumerable.Range(2, 5).Select(i => new KnownCase($"INC-{i}", [Database, Frontend], 1, []))]).Recall(Database, 6).LogOdds;
        diluted.ShouldBeInRange(0, telling - 0.5);
    }

    [Fact]
    public void A_suspect_like_none_that_was_seen_is_not_moved()
    {
        var recalled = new CaseMemory([Case("INC-1", cause: 1)]).Recall(new KnownSuspect(["is:type:queue"], ["metric:Traffic:down"], 0.5), 1);
        recalled.LogOdds.ShouldBe(0);
        (recalled.Cause, recalled.RuledOut).ShouldBe((null, null));
    }

    [Fact]
    public void What_was_judged_later_is_not_remembered()
    {
        var memory = new CaseMemory([Case("INC-1", cause: 1), Case("INC-2", cause: 0)]);
        memory.Recall(Database, 0).LogOdds.ShouldBe(0);
        memory.Recall(Database, 1).LogOdds.ShouldBeGreaterThan(memory.Recall(Database, 2).LogOdds);
    }

    [Fact]
    public void The_same_said_more_often_weighs_more_and_never_without_end()
    {
        var once = new CaseMemory([Case("INC-1", cause: 1)]).Recall(Database, 1).LogOdds;
        var often = new CaseMemory([.. Enumerable.Range(0, 50).Select(i => Case($"INC-{i}", cause: 1))]).Recall(Database, 50).LogOdds;
        often.ShouldBeGreaterThan(once);
        often.ShouldBeLessThan(10);
    }

    [Fact]
    public void The_same_fault_elsewhere_and_the_same_service_with_another_fault_are_half_a_memory()
    {
        var memory = new CaseMemory([Case("INC-1", cause: 1)]);
        var same = memory.Recall(Database, 1);
        var elsewhere = memory.Recall(Database with { Is = ["is:type:cache"] }, 1);
        var otherwise = memory.Recall(Database with { Shows = ["metric:Saturation:up"] }, 1);
        same.Cause!.Share.ShouldBe(1, 1e-12);
        elsewhere.Cause!.Share.ShouldBe(0.5, 1e-12);
        otherwise.Cause!.Share.ShouldBe(0.5, 1e-12);
        elsewhere.LogOdds.ShouldBeInRange(0, same.LogOdds - 0.1);
    }

    [Fact]
    public void The_newest_of_equally_alike_cases_is_told()
        => new CaseMemory([Case("INC-1", cause: 1), Case("INC-2", cause: 1)]).Recall(Database, 2).Cause!.CaseId.ShouldBe("INC-2");

    [Fact]
    public void What_everybody_shows_tells_less_apart_than_what_few_show()
    {
        List<KnownCase> cases = [];
        for (var i = 0; i < 9; i++)
        {
            cases.Add(new KnownCase($"INC-{i}", [new KnownSuspect(["is:x"], ["common", $"own{i}"], 0.5)], 0, []));
        }

        var memory = new CaseMemory(cases);
        var byCommon = memory.Recall(new KnownSuspect(["is:x"], ["common", "new"], 0.5), 9);
        var byRare = memory.Recall(new KnownSuspect(["is:x"], ["own3", "new"], 0.5), 9);
        byRare.Cause!.CaseId.ShouldBe("INC-3");
        byCommon.Cause!.Share.ShouldBeLessThan(byRare.Cause.Share);
    }

    [Fact]
    public void With_nothing_judged_every_suspect_is_as_likely_as_any()
        => new CaseMemory([]).Recall(Database, 0).LogOdds.ShouldBe(0);

    private static KnownCase Case(string id, int? cause) => new(id, [Frontend, Database], cause, ["Latency", "shop"]);
}
