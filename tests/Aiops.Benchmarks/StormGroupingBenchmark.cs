using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Deciding;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// Grouping alone, at the settings of intake and of the accuracy suite: as many incidents run at once as there are systems,
/// each of twenty services whose alarms name their caller or host, and no topology. <c>-- --filter *StormGrouping*</c>; the
/// time is for all alarms.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class StormGroupingBenchmark
{
    private const int Services = 20;
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 10, 0, 0, TimeSpan.Zero);

    private Trigger[] triggers = [];
    private Alarm[] alarms = [];

    [Params(10_000, 100_000, 1_000_000)]
    public int Alarms { get; set; }

    [Params(1, 10, 100, 1_000)]
    public int Incidents { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(Alarms + Incidents);
        triggers = [.. Enumerable.Range(0, Math.Min(Alarms, 50_000)).Select(_ => Trigger(random))];
        Alarm[] read = [.. triggers.Select(trigger => TriggerAlarm.Of(trigger, Start))];
        alarms = [.. Enumerable.Range(0, Alarms)
            .Select(i => read[i % read.Length] with { At = Start + (i * TimeSpan.FromMinutes(20) / Alarms) })];
    }

    /// <summary>From what intake has read.</summary>
    [Benchmark(Baseline = true)]
    public int Group()
    {
        var grouping = new AlarmGrouping(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default);
        var opened = 0;
        foreach (var alarm in alarms)
        {
            opened += grouping.Take(alarm).Opened ? 1 : 0;
        }

        return opened;
    }

    /// <summary>From the canonical event: names are taken apart into marks first.</summary>
    [Benchmark]
    public int ReadAndGroup()
    {
        var grouping = new AlarmGrouping(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default);
        var opened = 0;
        for (var i = 0; i < alarms.Length; i++)
        {
            opened += grouping.Take(TriggerAlarm.Of(triggers[i % triggers.Length], alarms[i].At)).Opened ? 1 : 0;
        }

        return opened;
    }

    private Trigger Trigger(Random random)
    {
        var (system, service) = (random.Next(Incidents), random.Next(Services));
        var isCall = service > 0 && random.Next(2) == 0;
        var touched = isCall ? $"{system}/service{(service - 1) / 2}" : $"{system}/host{service % 4}";
        return new Trigger
        {
            Source = TriggerSource.Webhook,
            SourceId = "",
            Subject = "",
            State = "firing",
            Condition = TriggerCondition.Firing,
            OccurredAt = Start,
            Title = $"service{service} latency",
            Component = $"{system}/service{service}",
            Signal = new SignalReference(Namespace: null, $"metric{random.Next(10)}", new Dictionary<string, string>()),
            Tags = new Dictionary<string, string> { [isCall ? "peer.service" : "host"] = touched },
        };
    }
}
