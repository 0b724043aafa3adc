using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Accuracy.RootCauses.LateOnset;

/// <summary>The alarm comes late, and the pipeline believes it: the fault's first samples lie before the window judged.</summary>
/// <remarks>
/// Without hints the pipeline starts its window six alarm periods, and half an hour at least, before the alarm
/// (<see cref="AnalysisWindows.For"/>), so a few late samples stay inside. These are the cases in which that lead is used up.
/// </remarks>
internal static class LateAlarm
{
    /// <summary>The window begins later; what lay before is judged by nobody, unless normal life reached up to it.</summary>
    /// <remarks>Where it did, as the pipeline's own windows do, the fault's first samples count as normal life.</remarks>
    public static Situation By(Situation situation, TimeSpan late)
    {
        var moved = situation.WithWindows(windows => new AnalysisWindows(
            windows.Baseline.Contains(windows.Incident.Start.AddTicks(-1))
                ? new TimeWindows([.. windows.Baseline.Stretches, new TimeWindow(windows.Incident.Start, windows.Incident.Start + late)])
                : windows.Baseline,
            new TimeWindow(Earlier(windows.Incident.Start + late, windows.Incident.End), windows.Incident.End)));
        return moved with { Alarm = situation.Alarm.Moved(late) };
    }

    /// <summary>
    /// For metrics whose normal period lies far from the issue: the issue follows it at once, and the alarm is late as well, so
    /// that the fault's first samples are told to be normal life.
    /// </summary>
    public static Situation IntoNormalLife(Situation situation, TimeSpan late)
    {
        var (baseline, incident) = situation.Windows[ContextSource.Metrics];
        var by = baseline.End - incident.Start;
        var milliseconds = (long)by.TotalMilliseconds;
        var moved = situation.WithWindows(
            windows => windows with { Incident = new TimeWindow(windows.Incident.Start + by, windows.Incident.End + by) });
        return By(
            moved with
            {
                Alarm = situation.Alarm.Moved(by),
                Telemetry = situation.Telemetry with
                {
                    Metrics = [.. situation.Telemetry.Metrics!.Select(one => Joined(one, baseline, incident, milliseconds))],
                },
            },
            late);
    }

    /// <summary>The same, with the window a sample after the first one of the fault, which begins when the alarm says.</summary>
    public static Situation AfterOnset(Situation situation, TimeSpan period)
    {
        var start = situation.Windows[ContextSource.Metrics].Incident.Start;
        var before = Math.Ceiling((situation.Alarm.Incident.OpenedAt - start) / period);
        return IntoNormalLife(situation, (before + 1) * period);
    }

    private static MetricSeries Joined(MetricSeries series, TimeWindows baseline, TimeWindow incident, long by)
    {
        var usual = series.Where((time, _) => baseline.Contains(time));
        var during = series.Where((time, _) => incident.Contains(time));
        return series with
        {
            UnixMilliseconds = [.. usual.UnixMilliseconds, .. during.UnixMilliseconds.Select(time => time + by)],
            Values = [.. usual.Values, .. during.Values],
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
