using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Analysis;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;

namespace Aiops.Tests.Accuracy.RootCauses;

/// <summary>The peers on a chain web → api → table with a bystander: a row a minute, 20 normal rows and 5 of the issue.</summary>
public sealed class PeerTests
{
    private const int Normal = 20;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly RootCauseCase Slow = Case(
        Series("web", [1, 1, 9, 12, 1]), Series("api", [1, 1, 8, 11, 1]), Series("table", [1, 1, 60, 70, 1]),
        Series("idle", [1, 1, 1, 1, 1]));

    public static TheoryData<string> Names => [.. RootCausePeers.All.Select(peer => peer.Name)];

    [Fact]
    public void Traversal_ends_at_the_last_anomalous_callee()
        => new AnomalyTraversal().Rank(Slow).Keys.ShouldBe(["table"]);

    [Fact]
    public void Traversal_bears_a_circle_of_calls()
    {
        var circle = Slow with { Topology = new ServiceGraph([], [new("web", "api"), new("api", "web")]) };

        new AnomalyTraversal().Rank(circle).ShouldBeEmpty();
    }

    [Fact]
    public void Correlation_ranks_what_is_anomalous_and_moves_with_the_alarm()
    {
        var scores = new RankedCorrelation().Rank(Slow);

        scores.Keys.ShouldBe(["api", "table"]);
        scores["api"].ShouldBeGreaterThan(scores["table"]);
    }

    [Fact]
    public void Scorers_name_whatever_went_furthest()
    {
        new MaxZScore().Rank(Slow).MaxBy(score => score.Value).Key.ShouldBe("table");
        new BaroRobustScorer().Rank(Slow).MaxBy(score => score.Value).Key.ShouldBe("table");
    }

    [Fact]
    public void The_robust_scorer_counts_interquartile_ranges_from_the_median()
    {
        double[] normal = [1, 2, 3, 4, 5];
        var one = Case(Series("web", [13], Enumerable.Range(0, Normal).Select(i => normal[i % 5])));

        new BaroRobustScorer().Rank(one)["web"].ShouldBe((13 - 3) / 2.0, 1e-9);
    }

    [Fact]
    public void Without_an_anomalous_alarm_the_cautious_two_name_nobody()
    {
        var quiet = Case(Series("web", [1, 1, 1, 1, 1]), Series("api", [1, 1, 8, 11, 1]));

        new AnomalyTraversal().Rank(quiet).ShouldBeEmpty();
        new RankedCorrelation().Rank(quiet).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_series_of_the_alarm_nobody_is_named(string peer)
        => RootCausePeers.All.Single(one => one.Name == peer).Rank(Slow with { Symptom = null }).ShouldBeEmpty();

    [Theory]
    [InlineData(new double[] { 1, 2 }, new double[] { 5, 7 }, 1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 3, 2 }, 2 / 3.0)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 1, 3, 2, 5 }, 0.1684781593797)]
    [InlineData(new double[] { 1, 2, 3, 4, 6 }, new double[] { 2, 1, 4, 3, 9 }, 0.04618476970531587)]
    [InlineData(new double[] { 1, 2, double.NaN, 3 }, new double[] { 1, 3, 7, 2 }, 2 / 3.0)]
    public void Pearsons_test_is_students_t(double[] x, double[] y, double p)
        => PearsonTest.PValue(x, y).ShouldNotBeNull().ShouldBe(p, 1e-8);

    [Fact]
    public void Pearsons_test_says_nothing_of_a_constant()
        => PearsonTest.PValue([1, 2, 3], [4, 4, 4]).ShouldBeNull();

    private static RootCauseCase Case(params MetricSeries[] metrics) => new()
    {
        Baseline = new TimeWindow(Start, Start.AddMinutes(Normal)),
        Incident = new TimeWindow(Start.AddMinutes(Normal), Start.AddMinutes(Normal + 5)),
        Symptom = new Symptom("web", SignalKind.Latency, "latency", Start.AddMinutes(Normal + 2)),
        Metrics = metrics,
        Topology = new ServiceGraph([], [new("web", "api"), new("api", "table"), new("web", "idle")]),
    };

    private static MetricSeries Series(string component, double[] issue, IEnumerable<double>? normal = null)
    {
        double[] values = [.. normal ?? Enumerable.Range(0, Normal).Select(i => 1 + (0.1 * (i % 3))), .. issue];
        return new MetricSeries
        {
            Component = component,
            Metric = "latency",
            Statistic = "Average",
            Kind = SignalKind.Latency,
            UnixMilliseconds = [.. values.Select((_, i) => Start.AddMinutes(i).ToUnixTimeMilliseconds())],
            Values = values,
        };
    }
}
