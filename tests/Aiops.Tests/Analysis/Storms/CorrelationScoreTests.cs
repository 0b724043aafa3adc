using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.Storms;

public class CorrelationScoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(15, 0.5)]
    [InlineData(30, 0.0)]
    [InlineData(45, 0.0)]
    public void Time_counts_less_the_wider_the_gap(double minutes, double expected)
        => Score(TopologyRelationKind.SameComponent, minutes).Time.ShouldBe(expected);

    [Fact]
    public void The_same_component_joins_up_to_the_windows_end_and_not_past_it()
    {
        Score(TopologyRelationKind.SameComponent, 30).Joins.ShouldBeTrue();
        Score(TopologyRelationKind.SameComponent, 30.001, similarity: 1).Joins.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_makes_up_for_being_unconnected()
        => new CorrelationScore(new TopologyRelation(TopologyRelationKind.Unconnected), TimeSpan.Zero, 1, CorrelationWeights.Default).Total.ShouldBe(0);

    [Fact]
    public void Nearness_in_time_alone_joins_nothing()
        => Score(TopologyRelationKind.SamePlace, 0).Joins.ShouldBeFalse();

    [Theory]
    [InlineData(-5, 5)]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(10, 0)]
    [InlineData(12, 2)]
    public void The_gap_is_counted_from_the_nearer_end(double minute, double gap)
        => new AlarmGrouping(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default)
            .Restore("one", Noon, Noon.AddMinutes(10), region: null, isBlind: false)
            .GapTo(Noon.AddMinutes(minute)).ShouldBe(TimeSpan.FromMinutes(gap));

    [Fact]
    public void A_hub_is_reached_and_not_passed_through()
    {
        var reach = GraphReach.Of(new ServiceGraph([], Enumerable.Range(1, GraphReach.HubDegree + 1).Select(i => new Call($"s{i}", "hub"))));
        reach.NeighboursOf("s1").ShouldHaveSingleItem().Component.ShouldBe("hub");
        reach.NeighboursOf("hub").Count.ShouldBe(GraphReach.HubDegree + 1);
        reach.SystemOf("s1").ShouldBeNull();

        var smaller = GraphReach.Of(new ServiceGraph([], Enumerable.Range(1, GraphReach.HubDegree).Select(i => new Call($"s{i}", "hub"))));
        smaller.NeighboursOf("s1").Count.ShouldBe(GraphReach.HubDegree);
        smaller.SystemOf("s1").ShouldBe("hub");
    }

    [Theory]
    [InlineData(GraphReach.MaxSystemSize, true)]
    [InlineData(GraphReach.MaxSystemSize + 1, false)]
    public void A_connected_part_is_one_system_up_to_its_size(int size, bool isSystem)
    {
        var chain = GraphReach.Of(new ServiceGraph([], Enumerable.Range(1, size - 1).Select(i => new Call($"s{i:000}", $"s{i + 1:000}"))));
        (chain.SystemOf("s001") == "s001").ShouldBe(isSystem);
        chain.SystemOf("s005").ShouldBe(chain.SystemOf("s001"));
        chain.NeighboursOf("s001").Select(n => (n.Component, n.Hops)).ShouldBe([("s002", 1), ("s003", 2), ("s004", 3), ("s005", 4)]);
        chain.SystemOf("stranger").ShouldBeNull();
        chain.NeighboursOf("stranger").ShouldBeEmpty();
    }

    private static CorrelationScore Score(TopologyRelationKind kind, double minutes, double similarity = 0)
        => new(new TopologyRelation(kind), TimeSpan.FromMinutes(minutes), similarity, CorrelationWeights.Default);
}
