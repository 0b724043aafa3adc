using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>
/// Since when the incident runs, by the alarm's own signal rather than by the alarm's clock: alarms are late, and so is who
/// tells of them.
/// </summary>
internal static class IncidentOnset
{
    // That it departed is known, for it alarmed; only since when is asked.
    private const double EnoughForAnAlarm = RobustZScoreDetector.Threshold / 2;

    /// <summary>
    /// The case with its window begun earlier, within the guard, where what alarmed left its usual range there and stayed away
    /// until the window as it was; a departure that was over by then is another incident's.
    /// </summary>
    /// <param name="period">
    /// The usual distance between samples: the window holds one from before the onset, or it couldn't be told from older trouble.
    /// </param>
    public static RootCauseCase Place(RootCauseCase incident, TimeSpan period)
    {
        if (incident is not { Guard: { } guard, Symptom: { } symptom })
        {
            return incident;
        }

        var window = new TimeWindow(guard.Start, incident.Incident.End);
        var onset = incident.Metrics
            .Where(series => series.Component == symptom.Component)
            .Select(series => DepartureOf(series, symptom, incident.Baseline, window))
            .Where(departure => departure?.Last >= incident.Incident.Start)
            .MaxBy(departure => (Math.Round(departure!.Strength, 9), Earliness: -departure.Onset.UtcTicks))?.Onset;
        var start = onset - period < guard.Start ? guard.Start : onset - period; // Null where nothing departed.
        return start < incident.Incident.Start
            ? incident with { Incident = new TimeWindow(start.Value, incident.Incident.End) }
            : incident;
    }

    /// <summary>
    /// Of the alarm's own signal what comes nearest to departing; of others what departed within the time looked at.
    /// </summary>
    private static Departure? DepartureOf(MetricSeries series, Symptom symptom, TimeWindows baseline, TimeWindow window)
    {
        var isOwn = symptom.Kind == SignalKind.Other || series.Kind == symptom.Kind;
        return RobustZScoreDetector.Judge(series, baseline, window) switch
        {
            SeriesVerdict.Departed { Departure: var departure } when isOwn || !departure.IsOlder => departure,
            SeriesVerdict.Usual { Strength: >= EnoughForAnAlarm, Nearest: var nearest } when isOwn => nearest,
            _ => null,
        };
    }
}
