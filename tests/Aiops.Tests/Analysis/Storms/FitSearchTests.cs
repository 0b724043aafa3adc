using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.Storms;

/// <summary>Which of several open incidents an alarm is held to fit, where the graph knows its component.</summary>
public class FitSearchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_fresh_neighbour_beats_the_same_component_of_long_ago()
    {
        var grouping = Grouping(("orders", "db"));
        grouping.Open("old", At(0, "orders"), isBlind: false);
        var fresh = grouping.Open("fresh", At(24, "db"), isBlind: false);
        var fit = grouping.Best(At(24, "orders"))!.Value; // 0.56 of the same component, 0.75 of its neighbour.
        (fit.Incident, fit.AsOlder).ShouldBe((fresh, false));
    }

    [Fact]
    public void A_blind_incident_gives_way_to_the_older_one_beside_it_however_well_it_fits()
    {
        var grouping = Grouping(("orders", "db"));
        var older = grouping.Open("older", At(0, "db"), isBlind: false);
        grouping.Open("blind", Alike(1, "orders"), isBlind: true);
        var fit = grouping.Best(Alike(1, "orders"))!.Value;
        (fit.Incident, fit.AsOlder).ShouldBe((older, true));
        fit.Score.Total.ShouldBe(0.74);
    }

    [Fact]
    public void A_blind_incident_gives_way_to_none_that_is_only_alike()
    {
        var grouping = Grouping(("orders", "db"));
        grouping.Open("alike", Alike(0, "stranger"), isBlind: false);
        var blind = grouping.Open("blind", At(1, "orders"), isBlind: true);
        var fit = grouping.Best(Alike(1, "orders"))!.Value;
        (fit.Incident, fit.AsOlder).ShouldBe((blind, false));
    }

    [Fact]
    public void A_blind_incident_gives_way_to_none_that_is_near_and_would_not_take_the_alarm()
    {
        var grouping = Grouping(("orders", "db"));
        grouping.Open("over", At(0, "db"), isBlind: false);
        var blind = grouping.Open("blind", At(40, "orders"), isBlind: true);
        grouping.Best(At(40, "orders"))!.Value.Incident.ShouldBe(blind);
    }

    [Fact]
    public void Far_apart_in_one_small_system_alarms_belong_together_within_minutes()
    {
        var chain = Grouping([.. Enumerable.Range(1, 7).Select(i => ($"s{i}", $"s{i + 1}"))]);
        var first = chain.Take(At(0, "s1")).Incident;
        var fit = chain.Best(At(2.5, "s6"))!.Value;
        fit.Incident.ShouldBe(first);
        fit.Score.Relation.Kind.ShouldBe(TopologyRelationKind.SameSystem);
        fit.Score.Joins.ShouldBeTrue();
        chain.Best(At(2.52, "s6"))!.Value.Score.Joins.ShouldBeFalse();
        chain.Best(At(0, "s5"))!.Value.Score.Relation.Kind.ShouldBe(TopologyRelationKind.Neighbour);
    }

    [Fact]
    public void What_the_graph_knows_of_both_and_does_not_connect_stays_apart_however_alike()
    {
        var grouping = Grouping(("orders", "db"), ("ledger", "vault"));
        var incident = grouping.Open("one", Alike(0, "orders"), isBlind: false);
        Kind().ShouldBe(TopologyRelationKind.Unconnected);
        grouping.AddComponent(incident, "db"); // A second that the graph knows changes nothing,
        Kind().ShouldBe(TopologyRelationKind.Unconnected);
        grouping.AddComponent(incident, "stranger"); // nor does one that it doesn't.
        Kind().ShouldBe(TopologyRelationKind.Unconnected);

        TopologyRelationKind Kind() => grouping.Best(Alike(0, "ledger"))!.Value.Score.Relation.Kind;
    }

    [Theory]
    [InlineData("ledger", "stranger")]
    [InlineData("stranger", "ledger")]
    [InlineData("stranger", "another")]
    [InlineData("stranger", null)]
    public void Where_the_graph_knows_one_of_them_only_the_place_is_known(string one, string? other)
    {
        var grouping = Grouping(("ledger", "vault"));
        grouping.Open("one", Alike(0, one), isBlind: false);
        var score = grouping.Best(Alike(0, other))!.Value.Score;
        score.Relation.Kind.ShouldBe(TopologyRelationKind.SamePlace);
        score.Similarity.ShouldBe(1, 1e-9);
    }

    [Theory]
    [InlineData(true, true, TopologyRelationKind.NeverTold)]
    [InlineData(true, false, TopologyRelationKind.SamePlace)]
    [InlineData(false, true, TopologyRelationKind.SamePlace)]
    public void Alarms_speak_against_where_they_told_of_both(bool ofOne, bool ofOther, TopologyRelationKind kind)
    {
        var grouping = Grouping();
        grouping.Take(new Alarm(Noon, "shop-api", ofOne ? ["shop-db"] : [], ["w:api"]));
        Alarm alarm = new(Noon, "bank-api", ofOther ? ["bank-db"] : [], ["w:api"]);
        grouping.Hear(alarm);
        grouping.Best(alarm)!.Value.Score.Relation.Kind.ShouldBe(kind);
    }

    private static AlarmGrouping Grouping(params (string Caller, string Callee)[] calls)
    {
        var graph = new ServiceGraph([], calls.Select(call => new Call(call.Caller, call.Callee)));
        return new AlarmGrouping(GraphReach.Of(graph), CorrelationWeights.Default);
    }

    private static Alarm At(double minute, string component) => new(Noon.AddMinutes(minute), component, [], []);

    private static Alarm Alike(double minute, string? component)
        => new(Noon.AddMinutes(minute), component, [], ["g:storm", "w:shop"]);
}
