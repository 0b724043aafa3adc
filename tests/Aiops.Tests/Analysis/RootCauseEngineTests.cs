using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis;

public class RootCauseEngineTests
{
    private static readonly ServiceGraph Chain = new([], [new Call("web", "orders"), new Call("orders", "db"), new Call("web", "search")]);

    [Fact]
    public void A_slow_callee_is_the_cause_and_its_callers_are_symptoms()
    {
        var ranking = RootCauseEngine.Rank(SlowDatabase(1));
        ranking.Undecided.ShouldBeNull();
        ranking.Suspects[0].Component.ShouldBe("db");
        ranking.Suspects[0].IsSymptom.ShouldBeFalse();
        ranking.Suspects[0].For.OfType<Finding.ExplainsCallers>().ShouldHaveSingleItem();
        ranking.Suspects.Single(s => s.Component == "web").IsSymptom.ShouldBeTrue();
        ranking.Suspects.Single(s => s.Component == "web").Against.OfType<Finding.ExplainedByCallee>().ShouldHaveSingleItem();
        ranking.Onset.ShouldBe(Samples.Incident.Start.AddMinutes(20));
    }

    [Fact]
    public void A_callee_explains_no_more_than_it_changed_itself()
    {
        var incident = Case(
            Samples.Noise(1, "web", step: 500),
            Samples.Noise(2, "orders"),
            Samples.Noise(3, "search", step: 40));
        RootCauseEngine.Rank(incident).Suspects[0].Component.ShouldBe("web");
    }

    [Fact]
    public void Confidences_and_the_chance_of_none_sum_to_one()
    {
        var ranking = RootCauseEngine.Rank(SlowDatabase(2));
        (ranking.Suspects.Sum(s => s.Confidence) + ranking.NoneProbability).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void More_evidence_gives_more_confidence()
    {
        var incident = SlowDatabase(3);
        var change = new Change(Samples.Incident.Start.AddMinutes(18), "db", ChangeKind.Configuration, "pool size halved");
        var (without, with) = (RootCauseEngine.Rank(incident), RootCauseEngine.Rank(incident with { Changes = [change] }));
        with.Suspects[0].Confidence.ShouldBeGreaterThan(without.Suspects[0].Confidence);
        with.Suspects[0].For.OfType<Finding.ChangedBefore>().Single().Lead.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_change_after_the_onset_is_no_evidence()
    {
        var change = new Change(Samples.Incident.Start.AddMinutes(30), "db", ChangeKind.Deployment, "rolled back");
        RootCauseEngine.Rank(SlowDatabase(3) with { Changes = [change] }).Suspects[0].For.OfType<Finding.ChangedBefore>().ShouldBeEmpty();
    }

    [Fact]
    public void Noise_alone_names_nobody_in_nineteen_of_twenty_cases()
    {
        var named = Enumerable.Range(0, 100).Count(seed => RootCauseEngine.Rank(Noise(seed)).Undecided is null);
        named.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void A_blip_in_the_alarms_own_signal_is_not_enough()
    {
        var ranking = RootCauseEngine.Rank(Case(Samples.Noise(1, "web", step: 60, until: 21), Samples.Noise(2, "orders"), Samples.Noise(3, "db")));
        ranking.Undecided.ShouldNotBeNull();
        ranking.Suspects.ShouldBeEmpty();
        ranking.Leftovers.ShouldNotBeEmpty();
        ranking.NoneProbability.ShouldBeInRange(0.5, 0.99); // Nobody is named, and still it may be one of them.
    }

    [Fact]
    public void No_telemetry_is_an_answer()
        => RootCauseEngine.Rank(Case()).Undecided.ShouldBe("there is no telemetry with a baseline to compare with");

    [Fact]
    public void The_order_of_the_input_does_not_matter()
    {
        var incident = WithEverything(4);
        var random = new Random(7);
        var expected = Shape(RootCauseEngine.Rank(incident));
        for (var i = 0; i < 10; i++)
        {
            var shuffled = incident with
            {
                Metrics = [.. incident.Metrics.OrderBy(_ => random.Next())],
                Logs = [.. incident.Logs.OrderBy(_ => random.Next())],
                Traces = [.. incident.Traces.OrderBy(_ => random.Next())],
                Changes = [.. incident.Changes.OrderBy(_ => random.Next())],
                Topology = new ServiceGraph(incident.Topology.Components.Reverse(), incident.Topology.Calls.Reverse()),
            };
            Shape(RootCauseEngine.Rank(shuffled)).ShouldBe(expected);
        }
    }

    [Fact]
    public void Any_subset_of_signals_gives_an_answer()
    {
        var incident = WithEverything(5);
        for (var kept = 0; kept < 64; kept++)
        {
            var ranking = RootCauseEngine.Rank(incident with
            {
                Metrics = (kept & 1) > 0 ? incident.Metrics : [],
                Logs = (kept & 2) > 0 ? incident.Logs : [],
                Traces = (kept & 4) > 0 ? incident.Traces : [],
                Topology = (kept & 8) > 0 ? incident.Topology : ServiceGraph.Empty,
                Changes = (kept & 16) > 0 ? incident.Changes : [],
                Symptom = (kept & 32) > 0 ? incident.Symptom : null,
            });
            (ranking.Undecided is null).ShouldBe(ranking.Suspects.Count > 0, $"subset {kept}");
            if ((kept & 7) == 7)
            {
                ranking.Suspects[0].Component.ShouldBe("db", $"subset {kept}");
            }
        }
    }

    [Fact]
    public void A_graph_that_knows_nobody_still_ranks()
        => RootCauseEngine.Rank(SlowDatabase(1) with { Topology = new ServiceGraph([], [new Call("someone", "else")]) }).Undecided.ShouldBeNull();

    [Fact]
    public void A_graph_with_a_cycle_ends()
        => RootCauseEngine.Rank(SlowDatabase(1) with { Topology = new ServiceGraph([], [.. Chain.Calls, new Call("db", "web"), new Call("db", "db")]) })
            .Suspects.ShouldNotBeEmpty();

    [Fact]
    public void Equal_suspects_share_a_rank_in_order_of_name()
    {
        var (one, other) = (Samples.Noise(9, "b", step: 80), Samples.Noise(9, "a", step: 80));
        var ranking = RootCauseEngine.Rank(Case(one, other) with { Symptom = null });
        ranking.Suspects.Select(s => (s.Rank, s.Component)).ShouldBe([(1, "a"), (1, "b")]);
    }

    [Fact]
    public void A_service_that_is_gone_is_found_although_it_says_nothing()
    {
        var dead = Samples.Noise(3, "db", SignalKind.Saturation);
        var running = Samples.Flat(2, 0, onset: 20, SignalKind.Availability) with { Component = "db" };
        var ranking = RootCauseEngine.Rank(Case(
            Samples.Noise(1, "orders", SignalKind.Errors, level: 0, spread: 0, step: 300),
            Samples.Noise(2, "web", SignalKind.Errors, level: 0, spread: 0, step: 300),
            dead with { UnixMilliseconds = dead.UnixMilliseconds[..500], Values = dead.Values[..500] },
            running));
        ranking.Suspects[0].Component.ShouldBe("db");
        ranking.Suspects[0].For.OfType<Finding.MetricFellSilent>().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_callee_without_telemetry_is_a_suspect_when_its_caller_logs_its_name()
    {
        var shift = new LogPatternShift("orders", "1", "call to <*> failed", "ERROR", 0, 40, null, "call to mail-gateway:25 failed") { Trend = LogPatternTrend.New, Significance = 12 };
        var ranking = RootCauseEngine.Rank(Case(Samples.Noise(1, "orders", SignalKind.Errors, level: 0, spread: 0, step: 60)) with
        {
            Logs = [shift],
            Topology = new ServiceGraph([], [new Call("web", "orders"), new Call("orders", "mail-gateway")]),
        });
        ranking.Suspects.Single(s => s.Component == "mail-gateway").For.OfType<Finding.NamedInLogs>().Single().Caller.ShouldBe("orders");
    }

    [Fact]
    public void Callers_that_explain_a_load_alike_share_a_rank()
    {
        var surge = Samples.Noise(4, "a", SignalKind.Traffic, step: 100);
        var ranking = RootCauseEngine.Rank(Case(
            surge, surge with { Component = "b" }, Samples.Noise(5, "db", SignalKind.Traffic, step: 200)) with
        {
            Topology = new ServiceGraph([], [new Call("a", "db"), new Call("b", "db")]),
            Symptom = new Symptom("db", SignalKind.Traffic, "traffic", Samples.Incident.Start.AddMinutes(25)),
        });
        var (a, b) = (ranking.Suspects.Single(s => s.Component == "a"), ranking.Suspects.Single(s => s.Component == "b"));
        a.Rank.ShouldBe(b.Rank);
        a.Score.ShouldBe(b.Score, 1e-9);
        a.For.OfType<Finding.ExplainsLoad>().ShouldHaveSingleItem();
        b.For.OfType<Finding.ExplainsLoad>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_strong_series_whose_weights_are_capped_the_strongest_dates_the_departure()
    {
        var strongest = Samples.Noise(6, "db", spread: 1, step: 5_000, onset: 20) with { Metric = "zz" };
        var later = Samples.Noise(7, "db", spread: 1, step: 4_000, onset: 30) with { Metric = "aa" };
        var finding = RootCauseEngine.Rank(Case(later, strongest)).Suspects[0].For.OfType<Finding.MetricDeparted>().Single();
        finding.Series.Metric.ShouldBe("zz");
        finding.Onset.ShouldBe(Samples.Incident.Start.AddMinutes(20));
    }

    private static string[] Shape(RootCauseRanking ranking)
        => [.. ranking.Suspects.Select(s => $"{s.Rank} {s.Component} {s.Confidence:F9} {string.Join(';', s.For.Concat(s.Against).Select(f => $"{f.GetType().Name} {f.Weight:F9}"))}")];

    private static RootCauseCase SlowDatabase(int seed) => Case(
        Samples.Noise(seed, "web", step: 90),
        Samples.Noise(seed + 100, "orders", step: 95),
        Samples.Noise(seed + 200, "db", step: 100),
        Samples.Noise(seed + 300, "search"));

    private static RootCauseCase Noise(int seed) => Case(
    [
        .. from component in new[] { "web", "orders", "db", "search" }
           from kind in new[] { SignalKind.Latency, SignalKind.Traffic, SignalKind.Saturation, SignalKind.Errors }
           select Samples.Noise(HashCode.Combine(component.Length, component[0], (int)kind) + (seed * 1000), component, kind),
    ]);

    private static RootCauseCase WithEverything(int seed) => SlowDatabase(seed) with
    {
        Logs =
        [
            new LogPatternShift("db", "1", "lock wait timeout on <*>", "ERROR", 0, 50, null, "lock wait timeout on orders") { Trend = LogPatternTrend.New, Significance = 14 },
            new LogPatternShift("orders", "2", "retry <*> of <*>", "WARN", 10, 60, null, "retry 1 of 3") { Trend = LogPatternTrend.More, Significance = 9 },
        ],
        Traces =
        [
            new OperationShift("db", "SELECT", "orders", new(500, 0, 5, 5, 9) { SelfTimeSpread = 1 }, new(200, 0, 90, 90, 120) { SelfTimeSpread = 9 }),
            new OperationShift("orders", "GET /orders", "web", new(500, 0, 4, 9, 14) { SelfTimeSpread = 1 }, new(200, 3, 4, 95, 130) { SelfTimeSpread = 1 }),
        ],
        Changes = [new Change(Samples.Incident.Start.AddMinutes(15), "db", ChangeKind.Deployment, "schema migrated")],
    };

    private static RootCauseCase Case(params MetricSeries[] metrics) => new()
    {
        Baseline = Samples.Baseline,
        Incident = Samples.Incident,
        Metrics = metrics,
        Topology = Chain,
        Symptom = new Symptom("web", SignalKind.Latency, "latency", Samples.Incident.Start.AddMinutes(25)),
    };
}
