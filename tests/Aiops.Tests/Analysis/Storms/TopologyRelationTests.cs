using Aiops.Analysis.Storms;

namespace Aiops.Tests.Analysis.Storms;

public class TopologyRelationTests
{
    [Theory]
    [InlineData(TopologyRelationKind.SameComponent, 0, 1, true)]
    [InlineData(TopologyRelationKind.Neighbour, 1, 0.9, true)]
    [InlineData(TopologyRelationKind.Neighbour, 2, 0.75, true)]
    [InlineData(TopologyRelationKind.Told, 3, 0.6, true)]
    [InlineData(TopologyRelationKind.Told, 4, 0.45, true)]
    [InlineData(TopologyRelationKind.SeenTogether, 0, 0.75, true)]
    [InlineData(TopologyRelationKind.SameSystem, 0, 0.45, true)]
    [InlineData(TopologyRelationKind.SamePlace, 0, 0.2, false)]
    [InlineData(TopologyRelationKind.OtherRegion, 0, -0.5, false)]
    [InlineData(TopologyRelationKind.NeverTold, 0, -0.5, false)]
    [InlineData(TopologyRelationKind.Unconnected, 0, -1, false)]
    public void Each_relation_has_its_worth_and_only_the_near_ones_relate(
        TopologyRelationKind kind, int hops, double value, bool isNear)
    {
        var relation = new TopologyRelation(kind, hops);
        relation.Value.ShouldBe(value);
        relation.IsNear.ShouldBe(isNear);
    }

    [Theory]
    [InlineData(1, "db is 1 call away from it")]
    [InlineData(2, "db is 2 calls away from it")]
    public void Hops_are_told_in_calls(int hops, string sentence)
        => new TopologyRelation(TopologyRelationKind.Neighbour, hops).Describe("db").ShouldBe(sentence);

    [Theory]
    [InlineData(1, 25)]
    [InlineData(2, 17.5)]
    [InlineData(3, 10)]
    [InlineData(4, 2.5)]
    public void The_more_calls_away_the_nearer_in_time_an_alarm_must_be(int hops, double minutes)
    {
        Joins(hops, minutes).ShouldBeTrue();
        Joins(hops, minutes + 0.02).ShouldBeFalse();
    }

    [Fact]
    public void Likeness_makes_up_for_time()
    {
        Joins(1, 25.02, similarity: 0.01).ShouldBeTrue();
        new CorrelationScore(new TopologyRelation(TopologyRelationKind.SamePlace), TimeSpan.Zero, 0.5, CorrelationWeights.Default)
            .Total.ShouldBe(0.5); // 0.5 · 0.2 + 0.3 + 0.2 · 0.5
        new CorrelationScore(new TopologyRelation(TopologyRelationKind.OtherRegion), TimeSpan.Zero, 1, CorrelationWeights.Default)
            .Total.ShouldBe(0.25);
    }

    private static bool Joins(int hops, double minutes, double similarity = 0) => new CorrelationScore(
        new TopologyRelation(TopologyRelationKind.Neighbour, hops),
        TimeSpan.FromMinutes(minutes),
        similarity,
        CorrelationWeights.Default).Joins;
}
