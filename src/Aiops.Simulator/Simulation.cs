using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;
using Aiops.Pipeline.GatherContext;
using Aiops.Simulator.Alarms;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Flow;
using Aiops.Simulator.Shop;
using Aiops.Simulator.Signals;

namespace Aiops.Simulator;

/// <summary>
/// Simulates one incident of the shop and writes it as a recording that says so. A whole incident takes a fraction of a
/// second, in memory (<see cref="MemoryFiles"/>) or on disk (<see cref="FolderFiles"/>).
/// </summary>
public static class Simulation
{
    public const string Generator = "Aiops.Simulator 1";

    private static readonly TimeSpan BeforeAlarm = TimeSpan.FromMinutes(15); // Longer than any alarm takes to fire.

    /// <summary>Writes the scenario's recording and answers what a scorer may know.</summary>
    public static RecordingTruth Run(Scenario scenario, RecordingFiles files)
    {
        var shop = new WebShop(scenario.Names);
        var minutes = new RequestFlow(shop, scenario).Run();
        var metrics = new MetricSynthesis(shop, scenario, minutes).Run();
        var writer = new RecordingWriter(files);
        bool Has(ContextSource part) => !scenario.Without.Contains(part);

        List<AlarmTransition> transitions = [.. AlarmRule.For(shop, scenario, metrics).SelectMany(rule => AlarmHistory.Of(rule, metrics, scenario)).OrderBy(t => t.At)];
        writer.WriteEvents(transitions.SelectMany(t => CloudWatchEvents.Of(t, scenario.Seed)).OrderBy(e => e.ReceivedAt));
        if (Has(ContextSource.Metrics))
        {
            using var file = writer.OpenMetrics();
            foreach (var series in metrics.Where(series => !scenario.Unmeasured.Contains(series.Component)))
            {
                file.Write(series);
            }
        }

        WriteDetail(shop, scenario, minutes, writer);
        if (Has(ContextSource.Topology))
        {
            writer.WriteTopology(shop.Graph);
        }

        if (Has(ContextSource.Changes))
        {
            writer.WriteChanges(ChangeSynthesis.Of(shop, scenario));
        }

        if (Has(ContextSource.Objectives))
        {
            var chance = new SimulatedRandom(scenario.Seed, "objectives");
            writer.WriteObjectives(
            [
                new ObjectiveBudget("checkout availability, 28 days", shop.NameOf("checkout"), 0.999, Math.Round(chance.Between(0.2, 0.8), 2)),
                new ObjectiveBudget(
                    "storefront requests below 1 s, 28 days", shop.NameOf("storefront"), 0.99, Math.Round(chance.Between(0.4, 0.9), 2)),
            ]);
        }

        if (Has(ContextSource.PastIncidents))
        {
            writer.WriteCases(PastCases.Before(scenario.Start));
        }

        var truth = Truth(scenario);
        writer.Finish(Manifest(scenario, transitions), truth);
        return truth;
    }

    private static void WriteDetail(
        WebShop shop, Scenario scenario, IReadOnlyList<Dictionary<string, ComponentMinute>> minutes, RecordingWriter writer)
    {
        using var logFile = scenario.Without.Contains(ContextSource.Logs) ? null : writer.OpenLogs();
        using var spanFile = scenario.Without.Contains(ContextSource.Traces) ? null : writer.OpenSpans();
        List<LogLine> lines = [];
        var end = (scenario.Start + scenario.Length).ToUnixTimeMilliseconds() * 1_000_000;
        var logs = new LogSynthesis(shop, scenario, lines);
        var traces = new TraceSynthesis(shop, scenario, minutes, logs, span =>
        {
            if (span.StartUnixNanoseconds < end) // The recording stops; what was under way goes on unseen.
            {
                spanFile?.Write(span);
            }
        });
        var changes = ChangeSynthesis.Of(shop, scenario);
        for (var minute = Math.Max(0, (int)(scenario.Fault.Onset - scenario.DetailBefore).TotalMinutes); minute < minutes.Count; minute++)
        {
            var start = scenario.Start.AddMinutes(minute);
            foreach (var change in changes.Where(c => c.Kind == ChangeKind.Deployment && c.At >= start && c.At < start.AddMinutes(1)))
            {
                logs.Started(shop[change.Component], change.At.AddSeconds(8), change.Summary.Split(' ')[1]);
            }

            logs.Background(minute, name => minutes[minute][name].Effect.Down);
            traces.Minute(minute);
            foreach (var line in scenario.Planted)
            {
                logs.Planted(line, minute);
            }

            foreach (var line in lines.Where(line => line.UnixNanoseconds < end).OrderBy(line => line.UnixNanoseconds))
            {
                logFile?.Write(line.Record);
            }

            lines.Clear();
        }
    }

    private static RecordingManifest Manifest(Scenario scenario, List<AlarmTransition> transitions)
    {
        var end = scenario.Start + scenario.Length;
        var alarm = transitions.FirstOrDefault(t => t.Firing)?.At ?? end;
        var incident = alarm - BeforeAlarm; // What a recorder knows: the alarm's time, not the fault's.
        var detail = scenario.Start + scenario.Fault.Onset - scenario.DetailBefore;
        var start = detail < scenario.Start ? scenario.Start : detail;
        var details = new RecordedWindows { Baseline = [new(start, start > incident ? start : incident)], Incident = new(incident, end) };
        return new RecordingManifest
        {
            FormatVersion = RecordingManifest.CurrentFormat,
            Name = scenario.Name,
            Title = scenario.Title,
            Description = scenario.Description,
            Simulated = true,
            Seed = scenario.Seed,
            Generator = Generator,
            Window = new(scenario.Start, end),
            Windows = new SortedDictionary<string, RecordedWindows>(StringComparer.Ordinal)
            {
                ["metrics"] = new() { Baseline = [new(scenario.Start, incident)], Incident = new(incident, end) },
                ["logs"] = details,
                ["spans"] = details,
            },
        };
    }

    private static RecordingTruth Truth(Scenario scenario) => scenario.Fault.Kind == FaultKind.None
        ? new RecordingTruth(null, "none")
        : new RecordingTruth(scenario.Fault.Target, Words(scenario.Fault.Kind), scenario.Start + scenario.Fault.Onset);

    private static string Words(FaultKind kind)
        => string.Concat(
            kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
