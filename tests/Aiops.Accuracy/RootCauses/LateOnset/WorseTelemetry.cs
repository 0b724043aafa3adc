using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;
using Aiops.Simulator;

namespace Aiops.Accuracy.RootCauses.LateOnset;

/// <summary>Telemetry as it is on a worse day. What is drawn is drawn from the stream given, so that it repeats.</summary>
internal static class WorseTelemetry
{
    private const double NoiseShare = 0.05;
    private const double LeastLost = 0.1;
    private const double MostLost = 0.2;

    /// <summary>Metric samples err by 5 % of their series' standard deviation in normal life, within the range seen.</summary>
    public static Situation Noise(Situation situation, SimulatedRandom chance)
    {
        var usual = situation.Windows[ContextSource.Metrics].Baseline;
        var noisy = situation.Telemetry.Metrics!.Select(series => Noisy(series, usual, chance)).ToList();
        return situation with { Telemetry = situation.Telemetry with { Metrics = noisy } };
    }

    /// <summary>A tenth to a fifth of the metric samples, the log lines and the traces are lost, each by itself.</summary>
    public static Situation Gaps(Situation situation, SimulatedRandom chance)
    {
        var lost = chance.Between(LeastLost, MostLost);
        var telemetry = situation.Telemetry;
        var traces = telemetry.Spans?.Select(span => span.TraceId).Distinct().Where(_ => !chance.Chance(lost)).ToHashSet();
        return situation with
        {
            Telemetry = telemetry with
            {
                Metrics = telemetry.Metrics?.Select(series => series.Where((_, _) => !chance.Chance(lost))).ToList(),
                Logs = telemetry.Logs?.Where(_ => !chance.Chance(lost)).ToList(),
                Spans = telemetry.Spans?.Where(span => traces!.Contains(span.TraceId)).ToList(),
            },
        };
    }

    /// <summary>A tenth to a fifth of the components are seen by nothing: no metrics, logs, spans, not in the graph.</summary>
    /// <param name="kept">The cause, without which there is nothing to find; the alarm's component always stays.</param>
    public static Situation Missing(Situation situation, string kept, SimulatedRandom chance)
    {
        var share = chance.Between(LeastLost, MostLost);
        var alarmed = situation.Alarm.Incident.First.Component;
        List<string> others = [.. situation.Components.Where(component => component != kept && component != alarmed)];
        HashSet<string> gone = new(StringComparer.Ordinal);
        for (var left = (int)Math.Round(share * situation.Components.Count); left > 0 && others.Count > 0; left--)
        {
            var at = chance.Whole(0, others.Count - 1);
            gone.Add(others[at]);
            others.RemoveAt(at);
        }

        var telemetry = situation.Telemetry;
        return situation with
        {
            Telemetry = telemetry with
            {
                Metrics = telemetry.Metrics?.Where(series => !gone.Contains(series.Component)).ToList(),
                Logs = telemetry.Logs?.Where(line => !gone.Contains(line.Component)).ToList(),
                Spans = telemetry.Spans?.Where(span => !gone.Contains(span.Component)).ToList(),
                Topology = telemetry.Topology is not { } graph ? null : new ServiceGraph(
                    graph.Components.Where(component => !gone.Contains(component.Name)),
                    graph.Calls.Where(call => !gone.Contains(call.Caller) && !gone.Contains(call.Callee))),
            },
        };
    }

    private static MetricSeries Noisy(MetricSeries series, TimeWindows usual, SimulatedRandom chance)
    {
        var values = series.Where((time, _) => usual.Contains(time)).Values;
        if (values.Length == 0)
        {
            return series;
        }

        var mean = values.Average();
        var error = NoiseShare * Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var (least, most) = (series.Values.Min(), series.Values.Max()); // A share stays a share, and a count no less than none.
        return error == 0 ? series : series with
        {
            Values = Array.ConvertAll(series.Values, value => Math.Clamp(value + (error * chance.Normal()), least, most)),
        };
    }
}
