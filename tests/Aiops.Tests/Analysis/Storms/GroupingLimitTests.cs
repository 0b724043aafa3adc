using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Analysis.Storms;

/// <summary>Which open incident an alarm goes to, and the bounds of what is kept, at and past each.</summary>
public class GroupingLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly AlarmGrouping grouping = new(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default);

    [Theory]
    [InlineData(30, true)]
    [InlineData(30.001, false)]
    [InlineData(-30, true)] // It comes late.
    [InlineData(-30.001, false)]
    public void An_incident_takes_alarms_for_a_window_before_and_after_it(double minutes, bool joins)
    {
        grouping.Take(At(0, "orders"));
        grouping.Take(At(minutes, "orders")).Opened.ShouldBe(!joins);
    }

    [Fact]
    public void Each_alarm_widens_its_incident()
    {
        var incident = grouping.Take(At(0, "orders")).Incident;
        grouping.Take(At(-20, "orders")).Incident.ShouldBe(incident);
        grouping.Take(At(20, "orders")).Incident.ShouldBe(incident);
        incident.GapTo(Noon.AddMinutes(-21)).ShouldBe(TimeSpan.FromMinutes(1));
        incident.GapTo(Noon.AddMinutes(22)).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("eu", "eu", false)]
    [InlineData("eu", "us", true)]
    [InlineData("eu", null, false)]
    [InlineData(null, "us", false)]
    public void Alike_alarms_join_unless_both_regions_are_known_to_differ(string? one, string? other, bool opens)
    {
        grouping.Take(new Alarm(Noon, "shop-1", [], ["w:shop", "s:latency"], one));
        grouping.Take(new Alarm(Noon, "shop-2", [], ["w:shop", "s:latency"], other)).Opened.ShouldBe(opens);
    }

    [Fact]
    public void The_first_region_that_is_told_stays()
    {
        grouping.Take(new Alarm(Noon, "shop-1", [], ["w:shop"]));
        grouping.Take(new Alarm(Noon, "shop-1", [], ["w:shop"], "eu"));
        grouping.Take(new Alarm(Noon, "shop-1", [], ["w:shop"], "us"));
        grouping.Take(new Alarm(Noon, "shop-2", [], ["w:shop"], "eu")).Opened.ShouldBeFalse();
    }

    [Fact]
    public void Of_two_that_fit_the_better_fit_takes_it_and_of_equal_fits_the_older()
    {
        var (one, other) = (Open("a", 0, "orders"), Open("b", 10, "orders"));
        Best(At(20, "orders")).ShouldBe(other);
        var third = Open("c", 10, "orders");
        Best(At(20, "orders")).ShouldBe(other, "of two that began at once, the lower key");
        Best(At(-1, "orders")).ShouldBe(one);
        var late = grouping.Restore("0", Noon.AddMinutes(5), Noon.AddMinutes(10), region: null, isBlind: false);
        grouping.Renew(late, Noon.AddMinutes(5), Noon.AddMinutes(10), region: null);
        grouping.AddComponent(late, "orders");
        Best(At(20, "orders")).ShouldBe(late, "the one that began earlier");
        third.ShouldNotBe(other);
    }

    [Fact]
    public void Fits_that_differ_by_less_than_is_told_are_equal_and_the_older_takes_it()
    {
        var older = Open("b", 0, "orders");
        grouping.Renew(older, Noon, Noon.AddMinutes(10), region: null);
        var younger = Open("a", 9, "orders");
        grouping.Renew(younger, Noon.AddMinutes(9), Noon.AddMinutes(10).AddMilliseconds(100), region: null);
        Best(At(20, "orders")).ShouldBe(older); // A tenth of a second in half an hour: 0.00002 of the total.
        grouping.Renew(younger, Noon.AddMinutes(9), Noon.AddMinutes(10).AddSeconds(1), region: null);
        Best(At(20, "orders")).ShouldBe(younger);
    }

    [Fact]
    public void One_that_may_not_take_alarms_is_passed_over()
    {
        var (one, other) = (Open("a", 0, "orders"), Open("b", 10, "orders"));
        grouping.Best(At(12, "orders"), incident => incident != other)!.Value.Incident.ShouldBe(one);
        grouping.Best(At(12, "orders"), _ => false).ShouldBeNull();
    }

    [Fact]
    public void One_that_joins_beats_one_that_totals_more_and_does_not()
    {
        // A shorter window cuts the older incident off, though it is the very same component.
        var weights = new CorrelationWeights { Window = TimeSpan.FromMinutes(10), Topology = 0.9, Time = 0.1, Similarity = 0 };
        var strict = new AlarmGrouping(GraphReach.Of(new ServiceGraph([], [new("orders", "api"), new("api", "db")])), weights);
        strict.Open("same", At(0, "orders"), isBlind: false); // 0.9, and its time is over.
        var near = strict.Open("near", At(11, "db"), isBlind: false);
        var fit = strict.Best(At(11, "orders"))!.Value;
        fit.Incident.ShouldBe(near);
        fit.Score.Total.ShouldBe(0.775);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.001, false)]
    public void After_two_windows_of_silence_an_incident_is_no_longer_looked_at(double minutes, bool isSeen)
    {
        Open("a", 0, "orders");
        (grouping.Best(At(minutes, "orders")) is not null).ShouldBe(isSeen);
    }

    [Theory]
    [InlineData(AlarmGrouping.MaxComponents - 1, true)]
    [InlineData(AlarmGrouping.MaxComponents, false)]
    public void An_incident_knows_a_hundred_components(int before, bool isKnown)
    {
        var incident = Open("a", 0, "c0");
        for (var i = 1; i < before; i++)
        {
            grouping.AddComponent(incident, $"c{i}");
        }

        grouping.AddComponent(incident, "c0"); // Known already: takes no room.
        grouping.AddComponent(incident, "last");
        (grouping.Best(At(0, "last")) is not null).ShouldBe(isKnown);
    }

    [Theory]
    [InlineData(AlarmGrouping.MaxMarks - 1, true)]
    [InlineData(AlarmGrouping.MaxMarks, false)]
    public void An_incident_knows_thirty_two_marks(int before, bool isKnown)
    {
        var incident = Open("a", 0, "orders");
        for (var i = 0; i < before; i++)
        {
            grouping.AddMark(incident, $"w:{i}");
        }

        grouping.AddMark(incident, "w:last");
        (grouping.Best(new Alarm(Noon, null, [], ["w:last"])) is not null).ShouldBe(isKnown);
    }

    [Fact]
    public void A_metric_alone_finds_nothing_and_counts_where_another_mark_does()
    {
        grouping.AddMark(Open("a", 0, "orders"), "s:latency");
        grouping.Best(new Alarm(Noon, null, [], ["s:latency"])).ShouldBeNull();
        grouping.AddMark(Open("b", 0, "orders"), "w:shop");
        grouping.Best(new Alarm(Noon, null, [], ["w:shop"]))!.Value.Score.Similarity.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void Every_incident_that_knows_a_mark_is_looked_at_and_none_for_the_marks_of_the_alarm_before()
    {
        foreach (var key in new[] { "b", "a", "c" })
        {
            grouping.AddMark(Open(key, 0, $"of {key}"), "w:shop");
        }

        Best(new Alarm(Noon, null, [], ["w:shop"])).Key.ShouldBe("a");
        grouping.Best(new Alarm(Noon, null, [], ["w:bank"])).ShouldBeNull();
    }

    [Fact]
    public void An_alarm_that_names_nothing_opens_no_blind_incident()
    {
        grouping.Take(new Alarm(Noon, null, [], ["w:shop"])).Incident.IsBlind.ShouldBeFalse();
        grouping.Take(At(0, "orders")).Incident.IsBlind.ShouldBeTrue();
    }

    [Fact]
    public void Names_are_dropped_and_open_incidents_stay()
    {
        var incident = grouping.Take(new Alarm(Noon, "orders", [], ["w:shop"])).Incident;
        for (var i = 0; i < 66_000; i++)
        {
            grouping.Best(new Alarm(Noon, null, [], [$"w:{i}"]));
        }

        grouping.Hear(At(1, "orders"));
        Best(At(1, "orders")).ShouldBe(incident);
        Best(new Alarm(Noon, null, [], ["w:shop"])).ShouldBe(incident);
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(10, 100)]
    public void The_rhythm_takes_the_shortest_gap_of_the_neighbourhood(double one, double other)
    {
        grouping.Take(new Alarm(Noon.AddDays(-1), "orders", ["database"], []));
        Open("a", -one / 60, "orders");
        Open("b", -other / 60, "database");
        var gaps = grouping.Remember().Gaps.Sum();
        grouping.Hear(At(0, "orders"));
        var learned = grouping.Remember().Gaps;
        learned.Sum().ShouldBe(gaps + 1);
        learned[6].ShouldBe(1); // Of half octaves of a second, ten seconds are in the seventh.
    }

    [Fact]
    public void A_neighbourhood_quiet_for_the_whole_window_is_counted_as_quiet()
    {
        grouping.Take(new Alarm(Noon, "orders", ["database"], []));
        grouping.Take(At(30, "orders"));
        grouping.Remember().Quiet.ShouldBe(1);
        grouping.Take(At(50, "orders"));
        (grouping.Remember().Quiet, grouping.Remember().Gaps.Sum()).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(AlarmGrouping.MaxSharers, true)]
    [InlineData(AlarmGrouping.MaxSharers + 1, false)]
    public void Of_the_incidents_that_share_a_component_the_newest_thirty_two_are_looked_at(int incidents, bool findsFirst)
    {
        for (var i = 0; i < incidents; i++)
        {
            Open($"{i:00}", minute: 0, "orders");
        }

        Best(At(0, "orders")).Key.ShouldBe(findsFirst ? "00" : "01");
    }

    private static Alarm At(double minute, string component) => new(Noon.AddMinutes(minute), component, [], []);

    private GroupedIncident Open(string key, double minute, string component)
        => grouping.Open(key, At(minute, component), isBlind: false);

    private GroupedIncident Best(Alarm alarm) => grouping.Best(alarm)!.Value.Incident;
}
