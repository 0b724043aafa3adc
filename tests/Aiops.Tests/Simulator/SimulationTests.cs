using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Simulator;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;
using Aiops.Tests.Local.Recordings;

namespace Aiops.Tests.Simulator;

public sealed class SimulationTests
{
    private static readonly TimeSpan Onset = TimeSpan.FromMinutes(150);

    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_strong_fault_alarms_after_its_onset_and_never_before(FaultKind kind)
    {
        foreach (var target in Fault.Targets(kind, new WebShop()))
        {
            var (recording, _) = Simulate(kind, target.Name);
            var events = await recording.EventsAsync(default).ToListAsync();

            events.ShouldNotBeEmpty($"{kind} of {target.Name}");
            events.ShouldAllBe(one => one.ReceivedAt > recording.Window.Start + Onset);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_truth_names_the_target_and_the_onset_or_nothing(FaultKind kind)
    {
        var target = Fault.Targets(kind, new WebShop()).First().Name;
        var (recording, truth) = Simulate(kind, target);

        truth.Component.ShouldBe(kind == FaultKind.None ? null : target);
        truth.Onset.ShouldBe(kind == FaultKind.None ? null : recording.Window.Start + Onset);
        RecordingTruth.Read(recording.Files).ShouldBe(truth);
    }

    [Fact]
    public async Task A_service_that_is_scaled_to_zero_falls_silent_and_AWS_counts_no_tasks()
    {
        var (recording, _) = Simulate(FaultKind.ScaledToZero, "inventory");
        var gone = recording.Window.Start + Onset + TimeSpan.FromMinutes(2);
        var after = new TelemetryQuery("i", new(gone, recording.Window.End), []);

        (await recording.ReadLogsAsync(after)).Lines.ShouldNotContain(line => line.Component == "inventory");
        (await recording.ReadSpansAsync(after)).Spans.ShouldNotContain(span => span.Component == "inventory");
        var metrics = (await recording.Metrics.QueryAsync(after, default)).Items.Where(s => s.Component == "inventory").ToList();
        metrics.Select(s => s.Metric).ShouldBe(
            ["ECS/ContainerInsights DesiredTaskCount", "ECS/ContainerInsights RunningTaskCount"]);
        metrics.SelectMany(s => s.Values).ShouldAllBe(value => value == 0);
        (await recording.ReadLogsAsync(after)).Lines.ShouldContain(
            line => line.Component == "checkout" && line.Body.Contains("Connection refused"));
    }

    [Fact]
    public async Task Spans_lie_within_their_parents_time_and_call_along_the_topology()
    {
        var (recording, _) = Simulate(FaultKind.ThrottledTable, "carts");
        var query = new TelemetryQuery("i", recording.Window, []);
        var (spans, _) = await recording.ReadSpansAsync(query);
        var graph = (await recording.Topology.QueryAsync(query, default)).Items;
        var byId = spans.ToDictionary(span => span.SpanId);

        spans.Count.ShouldBeGreaterThan(500);
        foreach (var span in spans.Where(span => span.ParentSpanId.Length > 0))
        {
            var parent = byId[span.ParentSpanId];
            span.TraceId.ShouldBe(parent.TraceId);
            span.StartUnixNanoseconds.ShouldBeGreaterThanOrEqualTo(parent.StartUnixNanoseconds);
            graph.CalleesOf(parent.Component).ShouldContain(span.Component);
        }
    }

    [Fact]
    public void The_same_scenario_gives_the_same_files_and_another_seed_others()
    {
        MemoryFiles Run(long seed)
        {
            var files = new MemoryFiles();
            Simulation.Run(Scenario.Draw(seed), files);
            return files;
        }

        var (first, again, other) = (Run(7), Run(7), Run(8));

        again.Names.ShouldBe(first.Names);
        first.Names.Where(name => !first[name].AsSpan().SequenceEqual(again[name])).ShouldBeEmpty();
        other["metrics.jsonl.gz"].AsSpan().SequenceEqual(first["metrics.jsonl.gz"]).ShouldBeFalse();
    }

    [Fact]
    public void Parts_that_are_not_recorded_are_not_there()
    {
        var files = new MemoryFiles();
        Simulation.Run(
            Broken(FaultKind.BadDeployment, "cart") with { Without = new HashSet<ContextSource> { ContextSource.Logs, ContextSource.Topology } },
            files);

        files.Names.ShouldNotContain("logs.jsonl.gz");
        files.Names.ShouldNotContain("topology.jsonl.gz");
        files.Names.ShouldContain("spans.jsonl.gz");
        Recording.Open(files).Manifest.Parts.ShouldNotContain("logs");
    }

    [Fact]
    public void Chance_is_evenly_spread_and_repeats()
    {
        var (one, two) = (new SimulatedRandom(1, "a"), new SimulatedRandom(1, "a"));
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => one.Unit())];

        drawn.ShouldBe(Enumerable.Range(0, 20_000).Select(_ => two.Unit()));
        drawn.Average().ShouldBe(0.5, 0.01);
        new SimulatedRandom(1, "b").Unit().ShouldNotBe(drawn[0]);
        Enumerable.Range(0, 20_000).Average(_ => one.Normal()).ShouldBe(0, 0.03);
        Enumerable.Range(0, 20_000).Average(_ => one.Count(4)).ShouldBe(4, 0.1);
        Enumerable.Range(0, 20_000).Average(_ => one.Spread(0.3)).ShouldBe(1, 0.02);
    }

    private static Scenario Broken(FaultKind kind, string target) => new()
    {
        Name = "test",
        Seed = 11,
        Start = new DateTimeOffset(2026, 3, 14, 11, 0, 0, TimeSpan.Zero),
        Fault = new Fault(kind, target, 1, Onset),
        Length = Onset + TimeSpan.FromMinutes(kind == FaultKind.MemoryLeak ? 50 : 20),
        DetailBefore = TimeSpan.FromMinutes(15),
        SeriesWithGaps = 0,
    };

    private static (Recording Recording, RecordingTruth Truth) Simulate(FaultKind kind, string target)
    {
        var files = new MemoryFiles();
        var truth = Simulation.Run(Broken(kind, target), files);
        return (Recording.Open(files), truth);
    }
}
