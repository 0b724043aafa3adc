using Aiops.Analysis;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Simulator;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// How long a root cause takes as the system grows: <c>-- --filter *RootCauseBenchmark*</c>. Ten metrics a component, 600
/// minutes of each; the calls are a wide tree with some shortcuts, the cause one of its leaves, and its callers suffer.
/// </summary>
[MemoryDiagnoser]
public class RootCauseBenchmark
{
    private const int Metrics = 10;
    private const int Points = 600;
    private const int IncidentPoints = 30;
    private const int Fanout = 4;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Unit, double Level, double Harm)[] Kinds =
    [
        ("http.server.request.duration", "s", 0.2, 4), ("http.server.errors", "1", 2, 20),
        ("http.server.requests", "{request}", 900, 1), ("availability", "%", 99, 0.8), ("process.cpu.utilization", "%", 40, 1.5),
        ("process.memory.usage", "By", 5e8, 1), ("db.client.connections", "1", 30, 1.3), ("queue.depth", "1", 10, 3),
        ("http.client.request.duration", "s", 0.1, 3), ("gc.pause", "s", 0.01, 1),
    ];

    private RootCauseCase incident = null!;

    [Params(10, 100, 1_000)]
    public int Components { get; set; }

    [GlobalSetup]
    public void Simulate() => incident = CaseOf(Components);

    [Benchmark]
    public RootCauseRanking Rank() => RootCauseEngine.Rank(incident);

    /// <summary>An incident of that many components; the same one each time.</summary>
    public static RootCauseCase CaseOf(int components)
    {
        var chance = new SimulatedRandom(components, "benchmark");
        var cause = components - 1;
        var suffers = Callers(cause);
        var onset = Points - IncidentPoints + 5;
        var tree = Enumerable.Range(1, components - 1).Select(i => new Call(NameOf((i - 1) / Fanout), NameOf(i)));
        var shortcuts = Enumerable.Range(0, components / 2)
            .Select(i => new Call(NameOf(i), NameOf(chance.Whole(i + 1, components - 1))));
        double ShareOf(int component) => component == cause ? 1 : suffers.Contains(component) ? 0.5 : 0;
        return new RootCauseCase
        {
            Baseline = new TimeWindow(Start, Start.AddMinutes(Points - IncidentPoints)),
            Incident = new TimeWindow(Start.AddMinutes(Points - IncidentPoints), Start.AddMinutes(Points)),
            Symptom = new Symptom(NameOf(0), SignalKind.Latency, Kinds[0].Name, Start.AddMinutes(onset + 3)),
            Topology = new ServiceGraph(
                Enumerable.Range(0, components).Select(i => new Component(NameOf(i))), [.. tree, .. shortcuts]),
            Metrics = [.. Enumerable.Range(0, components * Metrics)
                .Select(i => SeriesOf(i / Metrics, Kinds[i % Metrics], ShareOf(i / Metrics), onset, chance))],
        };
    }

    private static MetricSeries SeriesOf(
        int component, (string Name, string Unit, double Level, double Harm) kind, double share, int onset,
        SimulatedRandom chance)
    {
        var times = new long[Points];
        var values = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            times[i] = Start.AddMinutes(i).ToUnixTimeMilliseconds();
            var harm = i >= onset ? 1 + (share * (kind.Harm - 1)) : 1;
            values[i] = kind.Level * harm * (1 + (0.05 * chance.Normal()));
        }

        return new MetricSeries
        {
            Component = NameOf(component),
            Metric = kind.Name,
            Unit = kind.Unit,
            Statistic = "Average",
            Kind = SignalKinds.Of(kind.Name, kind.Unit),
            UnixMilliseconds = times,
            Values = values,
        };
    }

    private static HashSet<int> Callers(int component)
    {
        HashSet<int> callers = [];
        for (var at = component; at > 0; at = (at - 1) / Fanout)
        {
            callers.Add((at - 1) / Fanout);
        }

        return callers;
    }

    private static string NameOf(int component) => $"service-{component:0000}";
}
