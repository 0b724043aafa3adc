using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>What one series says of its component.</summary>
internal static class MetricEvidence
{
    private const double BlipShare = 0.5;
    private const double OlderShare = 0.5;
    private const double ClientShare = 0.4; // How long it waits for others says little of itself.
    private const double SilentShare = 0.5; // The sender may have died alone.
    private const double LoadShare = 0.4;   // Either direction of traffic and of the unknown is counted, and neither need harm.

    /// <param name="latest">The latest sample of any series, in Unix milliseconds.</param>
    public static IEnumerable<Finding> Of(MetricSeries series, RootCauseCase incident, long latest, ComponentEvidence evidence, ServiceFacts service)
    {
        switch (RobustZScoreDetector.Judge(series, incident.Baseline, incident.Incident, service.Calls))
        {
            case SeriesVerdict.Departed { Departure: var departure }:
                evidence.Judged++;
                evidence.Amounts.Add(series, incident.Incident, departure.Reached - departure.Usual);
                var ofOthers = service.MeasuresItself && series.Kind == SignalKind.Latency && SignalKinds.IsOfClient(series.Metric);
                var weight = WeightOf(series.Kind, departure) * (ofOthers ? ClientShare : 1);
                yield return new Finding.MetricDeparted(series.Component, weight, series, departure);
                break;
            case SeriesVerdict.Usual usual:
                evidence.Judged++;
                evidence.UsualStrengths[series.Kind] = Math.Max(evidence.UsualStrengths.GetValueOrDefault(series.Kind), usual.Strength);
                evidence.Amounts.Add(series, incident.Incident, 0);
                break;
        }

        evidence.Series = (evidence.Series.All + 1, evidence.Series.Silent);
        if (Silence.Of(series, incident.Baseline, incident.Incident, latest) is { } silence)
        {
            evidence.Series = (evidence.Series.All, evidence.Series.Silent + 1);
            var silent = SilentShare * Strength.Of(silence.Significance);
            yield return new Finding.MetricFellSilent(series.Component, silent, series, silence.Since, silence.Expected);
        }
    }

    private static double WeightOf(SignalKind kind, Departure departure)
        => Strength.Of(departure.Strength)
            * (kind is SignalKind.Traffic or SignalKind.Other ? LoadShare : 1)
            * (departure.IsBlip ? BlipShare : 1)
            * (departure.IsOlder ? OlderShare : 1);
}
