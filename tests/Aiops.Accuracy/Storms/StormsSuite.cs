using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;
using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;

namespace Aiops.Accuracy.Storms;

/// <summary>
/// Alarms of injected faults in one stream, grouped by what came before each; scored by the adjusted Rand index against
/// the faults. One engine with intake: the same <see cref="AlarmGrouping"/> at the same weights, fed with what intake would
/// make of the same triggers, without a topology.
/// </summary>
internal sealed class StormsSuite : ISuite
{
    private const string Plain = "ari";
    private const string Overlaid = "ariOverlaid";
    private const string Crossing = "ariOverlaidCrossing";
    private const int Parts = 5;

    /// <summary>A stream is run at many settings, and read once.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<StormAlarm>, Alarm[]> Read = [];

    private static readonly TimeSpan[] Gaps =
    [
        .. new[] { 5, 10, 20, 30, 45, 60, 80, 100, 120, 150, 180, 210, 240, 300, 420, 600, 900, 1800 }
            .Select(seconds => TimeSpan.FromSeconds(seconds)),
    ];

    /// <summary>What might have been chosen instead of the default, for leave-one-part-out.</summary>
    private static readonly CorrelationWeights[] Choices =
    [
        CorrelationWeights.Default,
        .. from threshold in new[] { 0.4, 0.5, 0.6 }
           from minutes in new[] { 15, 30, 60 }
           where (threshold, minutes) != (0.5, 30)
           select CorrelationWeights.Default with { Threshold = threshold, Window = TimeSpan.FromMinutes(minutes) },
    ];

    public string Name => "storms";

    public string Question => "Are alarms of many services grouped into the faults behind them, also when several run at once?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var systems = StormData.Read(run.DataFolder);
        IReadOnlyList<IReadOnlyList<StormAlarm>> plain = [.. systems.Select(system => system.Alarms)];
        var overlaid = plain.Count > 1 ? StormStreams.Overlay(plain) : StormStreams.Split(plain[0], crossing: false);
        var ours = new FigureSet();
        Add(ours, Plain, plain, stream => Group(stream, CorrelationWeights.Default));
        Add(ours, Overlaid, [overlaid], stream => Group(stream, CorrelationWeights.Default));
        List<string> notes = [Description(systems, overlaid)];
        if (plain.Count == 1)
        {
            var crossing = StormStreams.Split(plain[0], crossing: true);
            Add(ours, Crossing, [crossing], stream => Group(stream, CorrelationWeights.Default));
            notes.Add($"{Crossing}: the same, but callers and hosts of the other part keep their names, "
                + "so that alarms tie each incident to the other one");
        }
        else
        {
            foreach (var (name, alarms) in systems)
            {
                var one = new FigureSet();
                Add(one, Plain, [alarms], stream => Group(stream, CorrelationWeights.Default));
                ours.AddGroup(name, one);
            }
        }

        notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"{Speed(overlaid):N0} alarms/s on the overlaid stream, best of twenty, at these settings"));
        notes.Add("peers have their gap chosen with hindsight, on the very stream that they are scored on");
        if (!run.Short)
        {
            LeavePartsOut(ours, plain, overlaid, notes);
        }

        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan[] gaps = run.Short ? [.. Gaps.Where((_, i) => i % 4 == 0)] : Gaps;
        var report = new SuiteReport(Name, plain.Sum(stream => stream.Select(alarm => alarm.Fault).Distinct().Count()), ours)
        {
            Peers = [.. StormPeers.All.Select(peer => (peer.Name, PeerFigures(plain, overlaid, gaps, peer.Group)))],
            Notes = notes,
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static void LeavePartsOut(
        FigureSet ours, IReadOnlyList<IReadOnlyList<StormAlarm>> plain, IReadOnlyList<StormAlarm> overlaid, List<string> notes)
    {
        ours.AddGroup("leave-one-part-out", new FigureSet()
            .Add(Plain, plain.Average(stream => LeaveOnePartOut(stream, Choices, Group)))
            .Add(Overlaid, LeaveOnePartOut(overlaid, Choices, Group)));
        notes.Add("leave-one-part-out: each fifth of the faults in time, with threshold and longest window as best on the others "
            + $"({Choices.Length} choices)");
        notes.Add("peers leave-one-part-out: " + string.Join(", ", StormPeers.All.Select(peer => string.Create(
            CultureInfo.InvariantCulture,
            $"{peer.Name} {plain.Average(stream => LeaveOnePartOut(stream, Gaps, peer.Group)):0.000} and "
            + $"{LeaveOnePartOut(overlaid, Gaps, peer.Group):0.000}"))));
    }

    /// <summary>The engine's groups, alarm by alarm.</summary>
    internal static IReadOnlyList<int> Group(IReadOnlyList<StormAlarm> stream, CorrelationWeights weights)
    {
        var grouping = new AlarmGrouping(GraphReach.Of(ServiceGraph.Empty), weights);
        return [.. AlarmsOf(stream).Select(alarm => int.Parse(grouping.Take(alarm).Incident.Key, CultureInfo.InvariantCulture))];
    }

    internal static double Score(IReadOnlyList<StormAlarm> stream, IReadOnlyList<int> groups)
        => AdjustedRand.Of(AdjustedRand.Rows([.. stream.Select(alarm => alarm.Fault)], groups));

    private static Alarm[] AlarmsOf(IReadOnlyList<StormAlarm> stream)
        => Read.GetValue(stream, static one => [.. one.Select(alarm => alarm.ToAlarm())]);

    private static FigureSet PeerFigures<TGroups>(
        IReadOnlyList<IReadOnlyList<StormAlarm>> plain, IReadOnlyList<StormAlarm> overlaid, TimeSpan[] gaps,
        Func<IReadOnlyList<StormAlarm>, TimeSpan, TGroups> group)
        where TGroups : IReadOnlyList<int>
    {
        var figures = new FigureSet();
        Add(figures, Plain, plain, stream => group(stream, gaps.MaxBy(gap => Score(stream, group(stream, gap)))));
        Add(figures, Overlaid, [overlaid], stream => group(stream, gaps.MaxBy(gap => Score(stream, group(stream, gap)))));
        return figures;
    }

    /// <summary>The mean over streams, with the interval over their faults.</summary>
    private static void Add(
        FigureSet figures,
        string key,
        IReadOnlyList<IReadOnlyList<StormAlarm>> streams,
        Func<IReadOnlyList<StormAlarm>, IReadOnlyList<int>> group)
    {
        var units = streams.SelectMany((stream, number) => AdjustedRand
            .Units(AdjustedRand.Rows([.. stream.Select(alarm => alarm.Fault)], group(stream)))
            .Select(unit => (Stream: number, Unit: unit))).ToList();
        figures.Add(key, Mean(units), BootstrapInterval.Of(units, Mean));

        static double Mean(IReadOnlyList<(int Stream, IReadOnlyList<AdjustedRand.Row> Unit)> sample)
            => sample.GroupBy(one => one.Stream).Average(stream => AdjustedRand.Of([.. stream.SelectMany(one => one.Unit)]));
    }

    // The stream is run whole at each setting: what comes before a part may be learned from, what is chosen may not come from it.
    private static double LeaveOnePartOut<TChoice>(
        IReadOnlyList<StormAlarm> stream,
        IReadOnlyList<TChoice> choices,
        Func<IReadOnlyList<StormAlarm>, TChoice, IReadOnlyList<int>> group)
    {
        var faults = stream.Select(alarm => alarm.Fault).Distinct().ToList();
        var partOf = faults.Select((fault, i) => (Fault: fault, Part: i * Parts / faults.Count))
            .ToDictionary(one => one.Fault, one => one.Part, StringComparer.Ordinal);
        var groups = choices.Select(choice => group(stream, choice)).ToList();
        return Enumerable.Range(0, Parts).Average(part =>
        {
            var chosen = Enumerable.Range(0, choices.Count).MaxBy(choice => ScoreWhere(groups[choice], other => other != part));
            return ScoreWhere(groups[chosen], other => other == part);
        });

        double ScoreWhere(IReadOnlyList<int> grouped, Func<int, bool> isIn)
        {
            var kept = Enumerable.Range(0, stream.Count).Where(i => isIn(partOf[stream[i].Fault])).ToList();
            return Score([.. kept.Select(i => stream[i])], [.. kept.Select(i => grouped[i])]);
        }
    }

    private static double Speed(IReadOnlyList<StormAlarm> stream)
    {
        var alarms = AlarmsOf(stream);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var grouping = new AlarmGrouping(GraphReach.Of(ServiceGraph.Empty), CorrelationWeights.Default);
            var watch = Stopwatch.StartNew();
            foreach (var alarm in alarms)
            {
                grouping.Take(alarm);
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return alarms.Length / best.TotalSeconds;
    }

    private static string Description(
        IReadOnlyList<(string Name, IReadOnlyList<StormAlarm> Alarms)> systems, IReadOnlyList<StormAlarm> overlaid)
    {
        var held = string.Join(" and ", systems.Select(system => $"{system.Name}: {system.Alarms.Count} alarms"));
        var how = systems.Count > 1
            ? "each system after the first moved in time as a whole so that most runs at once"
            : "the entities cut in two where fewest alarms name both sides, the second part later by half of a fault's median span";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{held}; overlaid: {how}; {StormStreams.ShareAtOnce(overlaid):0%} of its alarms come while another incident runs");
    }
}
