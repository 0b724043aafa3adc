using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>By how much one component's figures changed, so that a callee is credited with no more than it can have caused.</summary>
/// <remarks>
/// Waiting adds up: a caller's mean latency rises by at most the callee's rise times the calls it makes per request. Failures
/// likewise: a caller can't lose more requests to a callee than the callee lost. Where the figures can't be compared (another
/// unit, another statistic), the answer is null and the strengths have to do.
/// </remarks>
internal sealed class Amounts
{
    private readonly Dictionary<(SignalKind Kind, string Statistic, string Unit), double> changes = [];
    private double? calls;

    /// <param name="change">From the usual to what was reached, in the series' unit; 0 where it stayed usual.</param>
    public void Add(MetricSeries series, TimeWindow incident, double change)
    {
        var key = (series.Kind, series.Statistic, series.Unit);
        changes[key] = Math.Max(changes.GetValueOrDefault(key), Math.Abs(change));
        if (series.Kind == SignalKind.Traffic && Mean(series, incident) is { } now)
        {
            calls = Math.Max(calls ?? 0, now);
        }
    }

    /// <summary>The share of the caller's change in this kind of signal that the callee's change can have caused, 0 to 1.</summary>
    public double? ShareOf(SignalKind kind, Amounts caller)
    {
        double? best = null;
        foreach (var (key, change) in caller.changes)
        {
            if (key.Kind == kind && change > 0 && changes.TryGetValue(key, out var own))
            {
                // A quantile of the caller moves with any call that is slow often enough; a mean, or a share, by the calls' number.
                var perRequest = calls is { } made && caller.calls is > 0 and { } served ? Math.Min(1, made / served) : 1;
                var share = Math.Min(1, own * (key.Kind == SignalKind.Errors ? 1 : perRequest) / change);
                best = Math.Max(best ?? 0, share);
            }
        }

        return best;
    }

    private static double? Mean(MetricSeries series, TimeWindow window)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < series.Values.Length; i++)
        {
            if (window.Contains(DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i])))
            {
                sum += series.Values[i];
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }
}
