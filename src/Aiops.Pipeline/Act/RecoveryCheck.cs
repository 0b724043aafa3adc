using Aiops.Analysis;
using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Pipeline.Act;

/// <summary>Whether the metric that alarmed is back within its baseline: judged as the analysis judges, on what came after the action.</summary>
public static class RecoveryCheck
{
    /// <param name="metrics">Null where this host has no metrics.</param>
    public static async Task<ActionCheck> JudgeAsync(
        IMetricSource? metrics, Incident incident, DateTimeOffset ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (metrics is null || incident.First is not { Component: { } component, Signal: { Metric: { } metric } signal })
        {
            return NotKnown(metrics is null ? "there is no source of metrics" : "the alarm names no metric of a component");
        }

        var windows = AnalysisWindows.For(incident, now);
        var after = new TimeWindow(ended, now > ended ? now : ended);
        try
        {
            var query = new TelemetryQuery(incident.Id, new TimeWindow(windows.Baseline.Start, after.End), [component]);
            var answer = await metrics.QueryAsync(query, cancellationToken);
            return Judge(answer.Items, component, signal, metric, windows.Baseline, after);
        }
        catch (Exception e) when (e is SourceMissingException or SourceDeniedException)
        {
            return NotKnown(e.Message);
        }
    }

    private static ActionCheck Judge(
        IReadOnlyList<MetricSeries> series, string component, SignalReference signal, string metric, TimeWindows baseline, TimeWindow after)
    {
        // CloudWatch's names come with their namespace, others' without.
        var found = series
            .Where(one => one.Component == component && (one.Metric == metric || one.Metric == $"{signal.Namespace} {metric}"))
            .OrderByDescending(one => one.Statistic == signal.Statistic)
            .FirstOrDefault();
        return found is null
            ? NotKnown($"{metric} of {component} isn't among what is measured")
            : RobustZScoreDetector.Judge(found, baseline, after) switch
            {
                SeriesVerdict.Usual => new ActionCheck(CheckResult.Recovered, $"{metric} of {component} is within its baseline since the action ended."),
                SeriesVerdict.Departed departed => new ActionCheck(
                    CheckResult.NotRecovered,
                    FormattableString.Invariant($"{metric} of {component} is still out of its baseline: {departed.Departure.Reached:0.###}, usually {departed.Departure.Usual:0.###}.")),
                SeriesVerdict.Undecided undecided => NotKnown($"{metric} of {component}: {undecided.Reason}"),
                _ => throw new InvalidOperationException("A verdict of no known kind."),
            };
    }

    private static ActionCheck NotKnown(string why) => new(CheckResult.NotKnown, $"Whether it helped isn't known: {why}.");
}
