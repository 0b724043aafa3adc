using System.Buffers;
using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Calibration;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>Ranks what may have caused an incident, from whatever signals there are.</summary>
/// <remarks>
/// A component's score is a sum of findings in nats, each 1 at the threshold of significance and growing with the logarithm
/// of its strength: what it shows by itself; plus a share of all the trouble that it would leave behind elsewhere, in those
/// that depend on it and, as load, in those that it calls, the alarm's own signal above all; less what something else
/// explains of its own; plus a change shortly before; plus or minus its place in the order of onsets and on the alarm's
/// path. So a cause is what, if it were true, would leave the least unexplained: abduction by parsimonious covering
/// [Peng1990], with weights for likelihoods.
/// Nobody is named unless the best score is above that of "none of them", which rises when the alarm's own signal is as
/// usual. Confidence is <see cref="FittedConfidence"/>: calibrated on outcomes, monotone in the evidence and never certain.
/// Every sum runs in a fixed order.
/// [Peng1990] Y. Peng, J. A. Reggia: Abductive Inference Models for Diagnostic Problem-Solving, Springer 1990.
/// </remarks>
public static class RootCauseEngine
{
    private const double ForAChange = 1.5;
    private const double ForOrder = 0.5;
    private const double OffThePathShare = 0.7; // Of what it shows itself: elsewhere, a departure is coincidence as a rule.
    private const double NoneScore = 2.0;       // What two findings at the threshold would score.
    private const double UnseenAlarm = 2.0;     // Added where the alarm's signal is exactly as usual; less near departing.
    private const int MostSuspects = 10;

    private static readonly TimeSpan ChangeHalfLife = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ChangeReach = TimeSpan.FromHours(2);

    public static RootCauseRanking Rank(RootCauseCase incident)
    {
        var tolerance = PeriodOf(incident.Metrics);
        incident = IncidentOnset.Place(incident, tolerance);
        var evidence = EvidenceCollection.Of(incident);
        var departed = evidence.Values.Where(e => e.Own.Count > 0).ToList();
        var judged = evidence.Values.Sum(e => e.Judged);
        if (departed.Count == 0)
        {
            var reason = judged + incident.Logs.Count + incident.Traces.Count == 0
                ? "there is no telemetry with a baseline to compare with"
                : $"nothing departs from its baseline: {judged} series, {incident.Logs.Count} log patterns "
                    + $"and {incident.Traces.Count} operations compared";
            return new RootCauseRanking { Undecided = reason, NoneProbability = 1 };
        }

        var explanations = new Explanations(incident.Topology, evidence, tolerance);
        var most = departed.Max(e => e.Total);
        var weighty = departed.Where(e => e.Total >= most / 2).ToList(); // A slight departure far off tells nothing about the order.
        var first = weighty.Min(e => e.Onset);
        var candidates = departed.ToDictionary(e => e.Component, e => new Candidate(e));
        var alarm = AlarmSeen(incident, evidence);
        Covering.Explain(incident.Symptom, candidates, explanations, alarmSeen: alarm >= 1);
        foreach (var candidate in candidates.Values)
        {
            Order(candidate, weighty, first, tolerance);
            Place(incident, candidate, explanations);
            Change(incident, candidate, first, tolerance);
        }

        var ranked = candidates.Values
            .OrderByDescending(Rounded)
            .ThenBy(c => c.Evidence.Component, StringComparer.Ordinal)
            .ToList();
        var none = NoneScore + (UnseenAlarm * (1 - alarm));
        var features = FeaturesOf(incident, evidence, [.. ranked.Select(c => c.Score)], none);
        var probabilities = FittedConfidence.Shipped.Judge(features);
        var suspects = ranked.Take(MostSuspects)
            .Select((c, i) => c.ToSuspect(probabilities.Suspects[i], 1 + ranked.Count(o => Rounded(o) > Rounded(c))))
            .ToList();
        if (none >= ranked[0].Score)
        {
            var reason = alarm < 1
                ? "the alarm's own signal is within its baseline, and nothing else departs far enough to outweigh that"
                : "what departs from its baseline is too little, or explained by something else, to name a cause";
            return new RootCauseRanking
            {
                Undecided = reason,
                NoneProbability = probabilities.None,
                Withheld = suspects,
                Leftovers = [.. ranked.SelectMany(c => c.For).OrderByDescending(f => f.Weight)],
                Departed = [.. ranked.Select(c => c.Evidence.Component)],
                Features = features,
            };
        }

        return new RootCauseRanking
        {
            Suspects = suspects,
            NoneProbability = probabilities.None,
            Onset = suspects[0].Onset,
            Departed = [.. ranked.Select(c => c.Evidence.Component)],
            Features = features,
        };
    }

    /// <summary>Scores that differ by the order of their sums are equal.</summary>
    private static double Rounded(Candidate candidate) => Math.Round(candidate.Score, 9);

    private static RankingFeatures FeaturesOf(
        RootCauseCase incident, SortedDictionary<string, ComponentEvidence> evidence, IReadOnlyList<double> scores, double none)
    {
        var seen = evidence.Values.Where(e => e.Judged > 0).Select(e => e.Component)
            .Concat(incident.Logs.Select(shift => shift.Component))
            .Concat(incident.Traces.Select(shift => shift.Component))
            .ToHashSet(StringComparer.Ordinal);
        var known = incident.Topology.Components.Select(c => c.Name).Concat(evidence.Keys).Union(seen, StringComparer.Ordinal);
        var unseen = 1 - ((double)seen.Count / Math.Max(1, known.Count()));
        return new RankingFeatures { Scores = scores, NoneScore = none, UnseenShare = unseen };
    }

    private static void Order(Candidate candidate, List<ComponentEvidence> weighty, DateTimeOffset? first, TimeSpan tolerance)
    {
        if (candidate.Evidence.Onset is not { } onset || !weighty.Contains(candidate.Evidence))
        {
            return;
        }

        var others = weighty.Where(e => e != candidate.Evidence && e.Onset is not null).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var lead = others.Min(e => e.Onset)!.Value - onset;
        if (lead > tolerance)
        {
            candidate.Add(new Finding.BeganFirst(candidate.Evidence.Component, ForOrder, lead));
        }
        else if (onset - first > tolerance)
        {
            var earliest = weighty.First(e => e.Onset == first);
            var lag = onset - first!.Value;
            candidate.Add(new Finding.BeganLater(candidate.Evidence.Component, -ForOrder, earliest.Component, lag));
        }
    }

    private static void Place(RootCauseCase incident, Candidate candidate, Explanations explanations)
    {
        if (incident.Symptom is not { } symptom
            || explanations.DependsOn(symptom.Component, candidate.Evidence.Component) != false)
        {
            return;
        }

        // Load travels the other way, and a buffer shows what its callers do to it.
        var mayLoad = candidate.Evidence.Surges || Buffering.Is(incident.Topology.TypeOf(symptom.Component));
        if (!(mayLoad && explanations.DependsOn(candidate.Evidence.Component, symptom.Component) == true))
        {
            var weight = -OffThePathShare * candidate.Evidence.Total;
            candidate.Add(new Finding.OffThePath(candidate.Evidence.Component, weight, symptom.Component));
        }
    }

    private static void Change(RootCauseCase incident, Candidate candidate, DateTimeOffset? first, TimeSpan tolerance)
    {
        var onset = candidate.Evidence.Onset ?? first ?? incident.Symptom?.At ?? incident.Incident.End;
        var change = incident.Changes
            .Where(c => c.Component == candidate.Evidence.Component && c.Kind != ChangeKind.Alarm)
            .Where(c => c.At <= onset + tolerance && c.At >= onset - ChangeReach)
            .OrderByDescending(c => c.At)
            .ThenBy(c => c.Summary, StringComparer.Ordinal)
            .FirstOrDefault();
        if (change is not null)
        {
            var weight = ForAChange * Math.Pow(2, -Math.Max(0, (onset - change.At) / ChangeHalfLife));
            candidate.Add(new Finding.ChangedBefore(candidate.Evidence.Component, weight, change, onset - change.At));
        }
    }

    /// <summary>
    /// How far the alarm's own signal departs: its kind where the alarm names one, else any. From 0, exactly usual, to 1,
    /// departed; also 1 when it couldn't be judged.
    /// </summary>
    private static double AlarmSeen(RootCauseCase incident, SortedDictionary<string, ComponentEvidence> evidence)
    {
        if (incident.Symptom is not { } symptom || !evidence.TryGetValue(symptom.Component, out var own) || own.Judged == 0)
        {
            return 1;
        }

        var hasKind = symptom.Kind != SignalKind.Other
            && incident.Metrics.Any(series => series.Component == symptom.Component && series.Kind == symptom.Kind);
        var departed = hasKind
            ? own.Own.Exists(finding => finding is Finding.MetricDeparted metric && metric.Series.Kind == symptom.Kind)
            : own.Own.Count > 0;
        if (departed)
        {
            return 1;
        }

        var strengths = own.UsualStrengths.Where(usual => !hasKind || usual.Key == symptom.Kind).Select(usual => usual.Value);
        return Math.Clamp(strengths.DefaultIfEmpty(0).Max() / RobustZScoreDetector.Threshold, 0, 1);
    }

    /// <summary>
    /// The usual distance between samples: what two onsets may differ by without saying anything. A minute when unknown.
    /// </summary>
    private static TimeSpan PeriodOf(IReadOnlyList<MetricSeries> metrics)
    {
        double[] periods = [.. metrics.Where(s => s.UnixMilliseconds.Length > 1).Select(PeriodOf)];
        return periods.Length == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(Quantile.MedianInPlace(periods));
    }

    private static double PeriodOf(MetricSeries series)
    {
        var times = series.UnixMilliseconds.AsSpan();
        var distances = ArrayPool<double>.Shared.Rent(times.Length);
        for (var i = 1; i < times.Length; i++)
        {
            distances[i - 1] = times[i] - times[i - 1];
        }

        var period = Quantile.MedianInPlace(distances.AsSpan(0, times.Length - 1));
        ArrayPool<double>.Shared.Return(distances);
        return period;
    }
}
