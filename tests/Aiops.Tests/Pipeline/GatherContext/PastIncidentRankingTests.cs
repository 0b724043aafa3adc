using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Tests.Pipeline.GatherContext;

public class PastIncidentRankingTests
{
    private static readonly IncidentFingerprint Now = new(IncidentKind.Errors, ["checkout"], ["AWS::ECS::Service"], ["5xx"], ["abc"]);

    [Fact]
    public void The_same_again_is_wholly_alike_and_says_why()
    {
        var past = PastIncidentRanking.Rank(Now, [Case("1", Now)]).ShouldHaveSingleItem();
        past.Similarity.ShouldBe(1);
        past.Because.ShouldBe(["same service", "same log pattern", "same metric", "same kind of trouble", "same type of resource"]);
    }

    [Fact]
    public void What_one_side_does_not_know_is_not_held_against_it()
        => PastIncidentRanking.Rank(Now with { LogPatterns = [] }, [Case("1", Now)])[0].Similarity.ShouldBe(1);

    [Fact]
    public void One_thing_in_common_alone_makes_nothing_alike_wholly()
        => PastIncidentRanking.Rank(new(IncidentKind.Unknown, ["checkout"], [], [], []), [Case("1", Now)])[0].Similarity.ShouldBe(0.6, 1e-9);

    [Fact]
    public void Strangers_are_left_out()
        => PastIncidentRanking.Rank(Now, [Case("1", new(IncidentKind.Errors, ["mail"], ["AWS::ECS::Service"], ["bounces"], ["xyz"]))]).ShouldBeEmpty();

    [Fact]
    public void The_newer_of_equals_comes_first_and_five_are_enough()
        => PastIncidentRanking.Rank(Now, Enumerable.Range(0, 9).Select(day => Case($"{day}", Now, day))).Select(p => p.IncidentId)
            .ShouldBe(["8", "7", "6", "5", "4"]);

    private static PastCase Case(string id, IncidentFingerprint fingerprint, int day = 0)
        => new(id, "title", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day), fingerprint);
}
