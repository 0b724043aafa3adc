using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.Topology;
using Aiops.Simulator;

namespace Aiops.Accuracy.Calibration;

/// <summary>Takes telemetry away as it is missing in life: whole components, single series, calls of the topology; at most so much of each.</summary>
internal static class MissingTelemetry
{
    private const double Components = 0.08;
    private const double Series = 0.2;
    private const double Calls = 0.15;

    /// <summary>The same case, seen worse. The truth isn't looked at: the root cause is as likely to vanish as anything else.</summary>
    public static LabelledCase Drop(LabelledCase labelled, long seed)
    {
        var chance = new SimulatedRandom(seed, "missing telemetry");
        var (components, series, calls) = (chance.Between(0, Components), chance.Between(0, Series), chance.Between(0, Calls));
        var seen = labelled.Case;
        var dark = seen.Metrics.Select(one => one.Component)
            .Concat(seen.Logs.Select(one => one.Component))
            .Concat(seen.Traces.Select(one => one.Component))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Where(_ => chance.Chance(components))
            .ToHashSet(StringComparer.Ordinal);
        return labelled with
        {
            Case = seen with
            {
                Metrics = [.. seen.Metrics.Where(_ => !chance.Chance(series)).Where(one => !dark.Contains(one.Component))],
                Logs = [.. seen.Logs.Where(one => !dark.Contains(one.Component))],
                Traces = [.. seen.Traces.Where(one => !dark.Contains(one.Component))],
                Topology = new ServiceGraph(seen.Topology.Components, seen.Topology.Calls.Where(_ => !chance.Chance(calls))),
            },
        };
    }
}
