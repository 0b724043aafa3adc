using System.Globalization;
using System.Text.Json;
using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Tests.Analysis.Storms;

public class AlarmGroupingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly AlarmGrouping grouping = New();

    [Fact]
    public void A_caller_named_in_an_alarm_is_a_neighbour_from_then_on()
    {
        var first = Take(0, "database", "orders");
        var second = Take(1, "orders");
        second.Incident.ShouldBe(first.Incident);
        second.Nearest!.Value.Score.Relation.ShouldBe(new TopologyRelation(TopologyRelationKind.Told, 1));
        second.Explain("orders").ShouldBe(
            "joined: fits 000000000001 with 0.74, 0.50 is enough: alarms have named orders together with a component of it; "
            + "60 s from its events, of at most 1800; similarity 0.00");
    }

    [Fact]
    public void Nearness_in_time_alone_is_no_reason()
    {
        Take(0, "orders");
        var other = Take(0, "ledger");
        other.Opened.ShouldBeTrue();
        other.Explain("ledger").ShouldBe("opened: no open incident has anything in common with it");
    }

    [Fact]
    public void What_alarms_tell_of_two_systems_keeps_them_apart_though_they_are_alike()
    {
        Take(0, "shop-api", "shop-db");
        var other = grouping.Take(new Alarm(Noon, "bank-api", ["bank-db"], ["w:api", "s:latency"]));
        other.Opened.ShouldBeTrue();
        var alike = grouping.Take(new Alarm(Noon, "shop-db", [], ["w:api", "s:latency"]));
        alike.Incident.ShouldNotBe(other.Incident);
    }

    [Fact]
    public void The_same_names_in_a_graph_that_knows_better_stay_unconnected()
    {
        var graph = new ServiceGraph([], [new("a", "b"), new("c", "d")]);
        var known = new AlarmGrouping(GraphReach.Of(graph), CorrelationWeights.Default);
        known.Take(new Alarm(Noon, "a", ["c"], ["w:x"])); // One alarm names both, but the graph knows both.
        var placed = known.Take(new Alarm(Noon, "c", [], ["w:x"]));
        placed.Opened.ShouldBeTrue();
        placed.Nearest!.Value.Score.Relation.Kind.ShouldBe(TopologyRelationKind.Unconnected);
    }

    [Fact]
    public void Two_incidents_that_turn_out_to_be_one_go_on_as_the_older()
    {
        var older = Take(0, "orders");
        var blind = Take(0.1, "database");
        blind.Opened.ShouldBeTrue();
        blind.Incident.IsBlind.ShouldBeTrue();
        var bridge = Take(0.2, "database", "orders");
        bridge.Incident.ShouldBe(older.Incident);
        bridge.Nearest!.Value.AsOlder.ShouldBeTrue();
        Take(0.3, "database").Incident.ShouldBe(older.Incident);
    }

    [Fact]
    public void Two_incidents_of_components_that_were_known_stay_two()
    {
        Take(0, "api", "orders");
        Take(0, "ui", "database");
        var one = Take(120, "orders");
        var other = Take(120.1, "database");
        other.Incident.IsBlind.ShouldBeFalse();
        Take(120.2, "database", "orders").Incident.ShouldBe(other.Incident);
        Take(120.3, "orders").Incident.ShouldBe(one.Incident);
    }

    [Fact]
    public void A_component_that_names_nothing_joins_what_it_has_alarmed_with_four_times_and_not_three()
    {
        for (var episode = 0; episode < 5; episode++)
        {
            var fault = Take(episode * 120, "orders", "database");
            var loner = Take(episode * 120 + 1, "zookeeper");
            loner.Opened.ShouldBe(episode < 3, $"episode {episode}");
            if (episode >= 3)
            {
                loner.Incident.ShouldBe(fault.Incident);
                loner.Nearest!.Value.Score.Relation.Kind.ShouldBe(TopologyRelationKind.SeenTogether);
            }
        }
    }

    [Fact]
    public void A_component_that_alarms_with_another_now_and_then_stays_apart()
    {
        for (var episode = 0; episode < 40; episode++)
        {
            Take(episode * 120, "orders", "database");
            Take(episode * 120 + (episode % 2 == 0 ? 1 : 60), "backup").Opened.ShouldBeTrue($"episode {episode}");
        }
    }

    [Fact]
    public void A_busy_estate_gets_a_shorter_window()
    {
        for (var second = 0; second < 300; second += 5)
        {
            Take(second / 60d, "orders", "database");
        }

        grouping.Weights.Window.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        Take(20, "orders").Opened.ShouldBeTrue("within half an hour, but not in this estate's rhythm");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shifted_in_time_and_renamed_the_groups_are_the_same(int seed)
    {
        var alarms = Random(seed);
        Keys(New(), alarms.Select(alarm => alarm with
        {
            At = alarm.At.AddDays(77.7),
            Component = "x" + alarm.Component,
            Touches = [.. alarm.Touches.Select(name => "x" + name)],
        })).ShouldBe(Keys(New(), alarms));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_remembered_goes_on_as_if_it_had_never_stopped(int seed)
    {
        var alarms = Random(seed);
        var later = alarms.Select(alarm => alarm with { At = alarm.At.AddDays(10) }).ToList(); // Everything is over in between.
        var through = New();
        Keys(through, alarms);
        var resumed = New(ThroughJson(through.Remember()));
        var known = Keys(through, later).Select(key => key - alarms.Count);

        var first = Keys(resumed, later);
        Partition(first).ShouldBe(Partition([.. known]));
        Json(resumed.Remember()).ShouldBe(Json(through.Remember()));
    }

    [Fact]
    public void What_is_remembered_is_bounded_however_many_components_come_by()
    {
        for (var i = 0; i < 6_000; i++)
        {
            Take(i, $"pod-{i}", $"node-{i % 700}", $"service-{i % 300}");
        }

        var memory = grouping.Remember();
        memory.Relations.Count.ShouldBeLessThanOrEqualTo(3 * 2_048);
        memory.Components.Sum(name => name.Length).ShouldBeLessThan(45_000);
        ScopeHead.Of([], memory).Memory.ShouldBe(memory);
    }

    [Fact]
    public void A_relation_told_again_outlives_those_told_once()
    {
        for (var i = 0; i < 34_000; i++)
        {
            Take(i, "orders", "database");
            Take(i, $"pod-{i}", $"node-{i}");
        }

        Take(40_000, "database");
        Take(40_001, "orders").Opened.ShouldBeFalse();
        Take(40_000, "pod-1");
        Take(40_001, "node-1").Opened.ShouldBeTrue("forgotten");
    }

    [Fact]
    public void A_clock_far_ahead_neither_ends_the_others_nor_stays_for_ever()
    {
        var first = Take(0, "orders");
        Take(60 * 24 * 365, "fast-clock");
        grouping.Recent.ShouldBe(2);
        Take(1, "orders").Incident.ShouldBe(first.Incident);
        Take(2, "orders").Incident.ShouldBe(first.Incident);
        grouping.Recent.ShouldBe(1);
    }

    private static AlarmGrouping New(AlarmMemory? memory = null)
        => new(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default, memory);

    private AlarmPlacement Take(double minute, string component, params string[] touches)
        => grouping.Take(new Alarm(Noon.AddMinutes(minute), component, touches, []));

    private static int[] Keys(AlarmGrouping grouping, IEnumerable<Alarm> alarms)
        => [.. alarms.Select(alarm => int.Parse(grouping.Take(alarm).Incident.Key, CultureInfo.InvariantCulture))];

    // Groups by their first member.
    private static IEnumerable<int> Partition(IReadOnlyList<int> groups)
        => groups.Select(group => groups.ToList().IndexOf(group));

    private static AlarmMemory ThroughJson(AlarmMemory memory)
        => JsonSerializer.Deserialize(Json(memory), IntakeJson.Default.ScopeHead)!.Memory!;

    private static string Json(AlarmMemory memory)
        => JsonSerializer.Serialize(new ScopeHead([]) { Memory = memory }, IntakeJson.Default.ScopeHead);

    private static List<Alarm> Random(int seed)
    {
        var random = new Random(seed);
        List<Alarm> alarms = [];
        var at = Noon;
        for (var i = 0; i < 400; i++)
        {
            at += TimeSpan.FromSeconds(random.Next(20) == 0 ? random.Next(300, 4_000) : random.Next(0, 15));
            var system = random.Next(3);
            string[] touches = random.Next(3) == 0 ? [$"{system}-{random.Next(6)}"] : [];
            alarms.Add(new Alarm(at, $"{system}-{random.Next(8)}", touches, []));
        }

        return alarms;
    }
}
