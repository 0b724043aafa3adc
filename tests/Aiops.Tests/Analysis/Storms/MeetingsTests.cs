using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.Storms;

/// <summary>What is counted of components that nothing relates, and from when on they are taken as related.</summary>
public class MeetingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly AlarmGrouping grouping = New();
    private double hour;

    [Theory]
    [InlineData(5, 6, false)] // The lower bound of five in six is 0.498,
    [InlineData(6, 7, true)]  // of six in seven 0.55.
    [InlineData(4, 4, true)]
    [InlineData(4, 5, false)]
    public void Met_in_more_than_half_of_the_episodes_for_certain_is_related(int met, int episodes, bool isRelated)
    {
        Episodes(episodes - met, 0, "orders");
        Episodes(met, met, "orders");
        AreRelated("orders").ShouldBe(isRelated);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void It_must_be_met_four_fifths_as_often_as_whoever_is_met_most(int met, bool isRelated)
    {
        for (var episode = 0; episode < 20; episode++)
        {
            Episodes(1, 1, episode < met ? ["database", "orders"] : ["database"]);
        }

        AreRelated("database").ShouldBeTrue();
        AreRelated("orders").ShouldBe(isRelated);
    }

    [Theory]
    [InlineData(30, "zookeeper 1 1 orders 1")]
    [InlineData(30.001, "zookeeper 1 0")]
    public void What_alarmed_within_the_window_is_met(double minutes, string counted)
    {
        grouping.Take(new Alarm(Noon, "orders", ["database"], []));
        grouping.Take(new Alarm(Noon.AddMinutes(minutes), "zookeeper", [], []));
        Counted(grouping).ShouldBe(counted);
    }

    [Theory]
    [InlineData(30, "zookeeper 1 0")]
    [InlineData(30.001, "zookeeper 2 0")]
    public void An_episode_goes_on_while_its_incident_may_take_alarms(double minutes, string counted)
    {
        grouping.Take(new Alarm(Noon, "zookeeper", [], []));
        grouping.Take(new Alarm(Noon.AddMinutes(minutes), "zookeeper", [], []));
        Counted(grouping).ShouldBe(counted);
    }

    [Fact]
    public void Two_strangers_count_each_other()
    {
        grouping.Take(new Alarm(Noon, "consul", [], []));
        grouping.Take(new Alarm(Noon, "zookeeper", [], []));
        Counted(grouping).ShouldBe("consul 1 1 zookeeper 1; zookeeper 1 1 consul 1");
    }

    [Fact]
    public void One_that_comes_to_be_known_is_counted_no_longer()
    {
        Episodes(4, 4, "orders");
        grouping.Take(new Alarm(Noon.AddHours(++hour), "zookeeper", ["node-1"], []));
        Counted(grouping).ShouldBe("");
        AreRelated("orders").ShouldBeFalse();
    }

    [Fact]
    public void What_is_related_is_so_from_either_side_and_no_longer_once_one_is_known()
    {
        Episodes(4, 4, "orders");
        FindsStranger().ShouldBeTrue();
        grouping.Take(new Alarm(Noon.AddHours(++hour), "zookeeper", ["node-1"], []));
        FindsStranger().ShouldBeFalse();

        bool FindsStranger()
        {
            hour += 2;
            grouping.Open($"{hour}", new Alarm(Noon.AddHours(hour), "zookeeper", [], []), isBlind: false);
            return grouping.Best(new Alarm(Noon.AddHours(hour), "orders", [], [])) is not null;
        }
    }

    [Fact]
    public void More_strangers_at_once_than_are_followed_are_borne()
    {
        for (var i = 0; i < 80; i++)
        {
            grouping.Take(new Alarm(Noon, $"s{i}", [], []));
        }

        Counted(grouping).Split("; ").Length.ShouldBe(64);
    }

    [Fact]
    public void Of_thirteen_companions_the_one_met_least_makes_way()
    {
        Episodes(2, 2, "c0");
        for (var i = 1; i <= 12; i++)
        {
            Episodes(1, 1, $"c{i}");
        }

        var counted = Counted(grouping);
        counted.ShouldStartWith("zookeeper 14 12 c0 2");
        counted.ShouldEndWith("c12 1");
        counted.ShouldNotContain("c1 1");
    }

    [Fact]
    public void Of_sixty_five_strangers_the_one_with_the_fewest_episodes_makes_way()
    {
        grouping.Take(new Alarm(Noon.AddHours(++hour), "s0", [], []));
        for (var i = 0; i < 65; i++)
        {
            grouping.Take(new Alarm(Noon.AddHours(++hour), $"s{i}", [], []));
        }

        var counted = Counted(grouping).Split("; ");
        counted.Length.ShouldBe(64);
        counted[0].ShouldBe("s0 2 0");
        counted.ShouldNotContain("s1 1 0");
        counted[^1].ShouldBe("s64 1 0");
    }

    [Fact]
    public void What_was_counted_goes_on_counting_after_it_is_restored()
    {
        Episodes(3, 3, "database", "orders");
        grouping.Take(new Alarm(Noon.AddHours(++hour), "consul", [], []));
        var restored = New(grouping.Remember());
        Counted(restored).ShouldBe(Counted(grouping));
        Counted(restored).ShouldBe("zookeeper 3 2 orders 3 database 3; consul 1 0");
        AreRelated("orders", restored).ShouldBeFalse();
        hour++;
        restored.Take(new Alarm(Noon.AddHours(hour), "orders", ["queue"], []));
        restored.Take(new Alarm(Noon.AddHours(hour), "zookeeper", [], []));
        AreRelated("orders", New(restored.Remember())).ShouldBeTrue();
    }

    /// <summary>Episodes of a stranger, in some of which others have alarmed a minute before.</summary>
    private void Episodes(int count, int met, params string[] others)
    {
        for (var episode = 0; episode < count; episode++)
        {
            hour += 2;
            foreach (var other in episode < met ? others : [])
            {
                grouping.Take(new Alarm(Noon.AddHours(hour), other, [$"{other}-host"], []));
            }

            grouping.Take(new Alarm(Noon.AddHours(hour).AddMinutes(1), "zookeeper", [], []));
        }
    }

    private bool AreRelated(string other, AlarmGrouping? of = null)
    {
        of ??= grouping;
        hour += 2;
        of.Open($"{hour}", new Alarm(Noon.AddHours(hour), other, [], []), isBlind: false);
        return of.Best(new Alarm(Noon.AddHours(hour), "zookeeper", [], []))
            is { Score.Relation.Kind: TopologyRelationKind.SeenTogether };
    }

    private static AlarmGrouping New(AlarmMemory? memory = null)
        => new(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default, memory);

    /// <summary>Each stranger with its episodes and how many it met, then whom and how often.</summary>
    private static string Counted(AlarmGrouping grouping)
    {
        var memory = grouping.Remember();
        List<string> strangers = [];
        for (var i = 0; i < memory.Meetings.Count;)
        {
            var (name, episodes, met) = (memory.Components[memory.Meetings[i]], memory.Meetings[i + 1], memory.Meetings[i + 2]);
            i += 3;
            var whom = Enumerable.Range(0, met)
                .Select(m => $" {memory.Components[memory.Meetings[i + (2 * m)]]} {memory.Meetings[i + (2 * m) + 1]}");
            strangers.Add($"{name} {episodes} {met}{string.Concat(whom)}");
            i += 2 * met;
        }

        return string.Join("; ", strangers);
    }
}
