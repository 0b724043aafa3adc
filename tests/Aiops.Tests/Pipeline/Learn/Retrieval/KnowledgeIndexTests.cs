using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Retrieval;

namespace Aiops.Tests.Pipeline.Learn.Retrieval;

public sealed class KnowledgeIndexTests
{
    private static readonly IncidentFingerprint Now = new(IncidentKind.Errors, ["checkout"], ["AWS::ECS::Service"], ["5xx"], ["abc"]);

    [Fact]
    public void The_same_again_is_wholly_alike_and_says_why()
    {
        var past = Similar(Now, Case("1", Now)).ShouldHaveSingleItem();
        past.Similarity.ShouldBe(1);
        past.Because.ShouldBe(["same service", "same metric", "same kind of metric", "same log pattern", "same kind of trouble", "same type of resource"]);
    }

    [Fact]
    public void What_one_side_does_not_know_is_not_held_against_it() => Similar(Now with { LogPatterns = [] }, Case("1", Now))[0].Similarity.ShouldBe(1);

    [Fact]
    public void One_thing_in_common_alone_makes_nothing_alike_wholly()
        => Similar(new(IncidentKind.Unknown, ["checkout"], [], [], []), Case("1", Now))[0].Similarity.ShouldBe(0.4, 1e-9);

    [Fact]
    public void Strangers_are_left_out_whatever_words_they_share()
        => KnowledgeIndex.Of([Case("1", new(IncidentKind.Errors, ["mail"], ["AWS::ECS::Service"], ["bounces"], ["xyz"]))])
            .Similar(Now, "title title title", null).ShouldBeEmpty();

    [Fact]
    public void The_newer_of_equals_comes_first_and_five_are_enough()
        => Similar(Now, [.. Enumerable.Range(0, 9).Select(day => Case($"{day}", Now, day))]).Select(past => past.IncidentId).ShouldBe(["8", "7", "6", "5", "4"]);

    [Fact]
    public void An_incident_is_not_like_itself() => KnowledgeIndex.Of([Case("1", Now), Case("2", Now)]).Similar(Now, null, "1").ShouldHaveSingleItem().IncidentId.ShouldBe("2");

    [Fact]
    public void A_cause_is_known_again_under_another_services_name()
    {
        var then = new IncidentFingerprint(IncidentKind.Latency, ["cart"], ["AWS::Lambda::Function"], ["Duration"], ["p1"])
        {
            Changes = ["deployment"],
            Shape = ["AWS::Lambda::Function>AWS::RDS::DBInstance"],
            Suspects = [new SuspectSignature("carts-db", "AWS::RDS::DBInstance", ["metric:saturation:up", "place:callee"], 0.7)],
        };
        var now = then with { Components = ["billing"], Metrics = ["http.server.request.duration"], Suspects = [then.Suspects[0] with { Component = "billing-db" }] };
        var past = Similar(now, Case("1", then) with { Component = "carts-db" }).ShouldHaveSingleItem();
        past.Similarity.ShouldBe(0.72, 1e-6);
        past.Because.ShouldBe([
            "same kind of metric", "same log pattern", "same kind of trouble", "same type of resource", "same kind of change", "same way through the topology",
            "the suspect shows the same"]);
    }

    [Fact]
    public void Shared_words_move_up_what_is_alike()
    {
        var index = KnowledgeIndex.Of([
            Case("old", Now) with { Cause = "the connection pool was exhausted" }, Case("new", Now, 5) with { Cause = "a certificate ran out" }]);
        index.Similar(Now, null, null)[0].IncidentId.ShouldBe("new");
        var first = index.Similar(Now, "timeouts while waiting for pool connection", null)[0];
        first.IncidentId.ShouldBe("old");
        first.Because[^1].ShouldBe("same words: connection, pool");
    }

    [Fact]
    public void A_rejected_analysis_is_told_as_such()
    {
        var past = Similar(Now, Case("1", Now) with { Verdict = Verdict.Rejected, Named = "orders-db" })[0];
        (past.Verdict, past.RuledOut, past.Component).ShouldBe((Verdict.Rejected, "orders-db", null));
    }

    [Fact]
    public void A_hit_says_which_words_and_which_parts_found_it_and_where_it_stood()
    {
        var index = KnowledgeIndex.Of(
            [Case("1", Now) with { Cause = "pool exhausted" }, Case("2", Now)], [new KnowledgeDocument("db.md", "Databases", "# Pools\n\nWhen the pool is exhausted, cap it.")]);
        var hits = index.Search(new KnowledgeQuery { Text = "exhausted pool", Fingerprint = Now }, 10);
        hits.Select(hit => hit.Case?.IncidentId ?? hit.Section!.Id).ShouldBe(["1", "2", "db.md"]);
        (hits[0].TextRank, hits[0].FingerprintRank, hits[0].Similarity).ShouldBe((1, 1, 1));
        hits[0].Terms.ShouldBe(["exhausted", "pool"], ignoreOrder: true);
        hits[0].Shared.Single(part => part.Phrase == "same service").Values.ShouldBe(["checkout"]);
        hits[2].Section!.Headings.ShouldBe(["Pools"]);
        (hits[1].TextRank, hits[1].FingerprintRank).ShouldBe(((int?)null, (int?)2));
        index.Search(new KnowledgeQuery { Text = "pool", Documents = false }, 10).ShouldHaveSingleItem().Case!.IncidentId.ShouldBe("1");
        index.Search(new KnowledgeQuery { Text = "pool", Cases = false }, 10).ShouldHaveSingleItem().Section.ShouldNotBeNull();
        index.Search(new KnowledgeQuery(), 10).ShouldBeEmpty();
    }

    [Fact]
    public void The_order_in_which_cases_were_read_changes_nothing()
    {
        Random random = new(11);
        string[] words = ["pool", "disk", "lock", "queue", "certificate", "deployment"];
        var cases = Enumerable.Range(0, 200).Select(i => Case($"INC-{i}", Now with { Components = [words[i % 6]], LogPatterns = [$"p{i % 7}"] }, i % 5) with
        {
            Cause = $"{words[i % 6]} {words[i * 7 % 6]}",
        }).ToArray();
        var expected = Told();
        for (var time = 0; time < 5; time++)
        {
            random.Shuffle(cases);
            Told().ShouldBe(expected);
        }

        string Told() => string.Join('\n', KnowledgeIndex.Of(cases).Search(new KnowledgeQuery { Text = "disk lock", Fingerprint = Now with { Components = ["disk"] } }, 50)
            .Select(hit => $"{hit.Case!.IncidentId} {hit.Score:R} {hit.Similarity:R} {string.Join(',', hit.Terms)}"));
    }

    [Fact]
    public void A_secret_in_the_query_is_no_reason_that_is_shown()
    {
        var index = KnowledgeIndex.Of([Case("1", Now) with { Cause = "hunter2Zq9xK1 was leaked" }]);
        index.Similar(Now, "login with password=hunter2Zq9xK1 failed", null)[0].Because.ShouldNotContain(phrase => phrase.Contains("hunter2", StringComparison.OrdinalIgnoreCase));
    }

    private static IReadOnlyList<PastIncident> Similar(IncidentFingerprint now, params PastCase[] cases) => KnowledgeIndex.Of(cases).Similar(now, null, null);

    private static PastCase Case(string id, IncidentFingerprint fingerprint, int day = 0)
        => new(id, "title", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day), fingerprint);
}
