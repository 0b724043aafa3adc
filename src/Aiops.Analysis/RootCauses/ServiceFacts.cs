using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>What a component's metrics as a whole say of how to read each.</summary>
/// <param name="Calls">What it usually serves in one sample's time, at least 1; null when unknown. Sums only: rates have another unit.</param>
/// <param name="MeasuresItself">Its own answers are timed, so a latency measured at a client is that of what it calls.</param>
internal readonly record struct ServiceFacts(double? Calls, bool MeasuresItself)
{
    public static Dictionary<string, ServiceFacts> Of(IReadOnlyList<MetricSeries> metrics)
    {
        Dictionary<string, ServiceFacts> all = [];
        foreach (var series in metrics)
        {
            var facts = all.GetValueOrDefault(series.Component);
            if (series is { Kind: SignalKind.Traffic, Statistic: "Sum", Values.Length: > 0 })
            {
                var usual = Math.Max(1, Quantile.MedianInPlace([.. series.Values]));
                facts = facts with { Calls = Math.Max(usual, facts.Calls ?? 0) };
            }

            var timed = series.Kind == SignalKind.Latency && !SignalKinds.IsOfClient(series.Metric);
            all[series.Component] = facts with { MeasuresItself = facts.MeasuresItself || timed };
        }

        return all;
    }
}
