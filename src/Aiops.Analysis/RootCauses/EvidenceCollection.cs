using Aiops.Analysis.Anomalies;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>Judges every signal of a case by itself and keeps, for each component, the strongest finding of each sort.</summary>
internal static class EvidenceCollection
{
    private const double Cap = 5;          // Nats: beyond a hundredfold of the threshold, more says nothing more.
    private const double LeastSlowdown = 1.2; // A self time that grew by less than a fifth interests nobody, however certain.
    private const int FewestSpans = 5;      // In the baseline: their spread then says something about a median.
    private const double PathThreshold = 3; // Paths are few, and none is new or gone by chance where its component is as busy as before.
    private const double NewError = 2;      // An error never seen before says more than its count, which the number of requests limits.
    private const double BlipShare = 0.5;
    private const double OlderShare = 0.5;
    private const double LeastDelay = 1;   // Milliseconds: below, clocks and schedulers decide.

    public static SortedDictionary<string, ComponentEvidence> Of(RootCauseCase incident)
    {
        var all = new SortedDictionary<string, ComponentEvidence>(StringComparer.Ordinal);
        var latest = incident.Metrics.Select(series => LastIn(series, incident.Incident)).DefaultIfEmpty(0).Max();
        foreach (var series in incident.Metrics)
        {
            Judge(incident, series, For(all, series.Component));
            if (Silence.Of(series, incident.Baseline, incident.Incident, latest) is { } silence)
            {
                var weight = 0.5 * Strength(silence.Significance); // The sender may have died alone.
                Keep(For(all, series.Component), new Finding.MetricFellSilent(series.Component, weight, series, silence.Since, silence.Expected));
            }
        }

        foreach (var shift in incident.Logs)
        {
            Judge(shift, For(all, shift.Component));
            foreach (var callee in incident.Topology.CalleesOf(shift.Component).Where(callee => Names(shift, callee)))
            {
                Keep(For(all, callee), new Finding.NamedInLogs(callee, 1, shift.Component, shift));
            }
        }

        foreach (var component in incident.Traces.GroupBy(shift => shift.Component))
        {
            var evidence = For(all, component.Key);
            var (before, during) = (component.Sum(shift => shift.Baseline.Count), component.Sum(shift => shift.Incident.Count));
            foreach (var shift in component)
            {
                Judge(shift, evidence);
                JudgePath(shift, evidence, before, during);
            }
        }

        foreach (var change in incident.Changes.Where(change => change.Component.Length > 0))
        {
            _ = For(all, change.Component);
        }

        return all;
    }

    private static void Judge(RootCauseCase incident, MetricSeries series, ComponentEvidence evidence)
    {
        switch (RobustZScoreDetector.Judge(series, incident.Baseline, incident.Incident))
        {
            case SeriesVerdict.Departed { Departure: var departure }:
                evidence.Judged++;
                evidence.Amounts.Add(series, incident.Incident, departure.Reached - departure.Usual);
                var weight = Strength(departure.Strength) * WeightOf(series.Kind) * (departure.IsBlip ? BlipShare : 1) * (departure.IsOlder ? OlderShare : 1);
                Keep(evidence, new Finding.MetricDeparted(series.Component, weight, series, departure));
                break;
            case SeriesVerdict.Usual:
                evidence.Amounts.Add(series, incident.Incident, 0);
                evidence.Judged++;
                break;
        }
    }

    private static void Judge(LogPatternShift shift, ComponentEvidence evidence)
    {
        var weight = shift.Trend switch
        {
            LogPatternTrend.New when LogSeverity.IsError(shift.Severity) => NewError,
            LogPatternTrend.New or LogPatternTrend.More => SeverityWeight(shift.Severity),
            LogPatternTrend.Less or LogPatternTrend.Gone => 0.3,
            _ => 0,
        };
        if (weight > 0)
        {
            Keep(evidence, new Finding.LogPatternMoved(shift.Component, Math.Min(Cap, weight * Strength(Math.Max(LogPatternTally.Threshold, Math.Abs(shift.Significance)))), shift));
        }
    }

    private static void Judge(OperationShift shift, ComponentEvidence evidence)
    {
        var (before, during) = (shift.Baseline, shift.Incident);
        if (before.Count >= FewestSpans && during.Count >= 2)
        {
            var slowed = MedianShift(before.SelfTimeMedian, before.SelfTimeSpread, before.Count, during.SelfTimeMedian, during.SelfTimeSpread, during.Count);
            if (slowed >= RobustZScoreDetector.Threshold && during.SelfTimeMedian > LeastDelay)
            {
                Keep(evidence, new Finding.OperationSlowed(shift.Component, Slowdown(slowed, before.SelfTimeMedian, during.SelfTimeMedian), shift, slowed));
            }

            var waits = MedianShift(before.GapMedian, before.GapSpread, before.Count, during.GapMedian, during.GapSpread, during.Count);
            if (waits >= RobustZScoreDetector.Threshold && before.GapMedian > 0 && during.GapMedian > LeastDelay)
            {
                Keep(evidence, new Finding.CallersWait(shift.Component, 0.7 * Slowdown(waits, before.GapMedian, during.GapMedian), shift, waits));
            }
        }

        var failing = Math.Sqrt(PoissonRates.G(before.FailedFirst, Math.Max(1, before.Count), during.FailedFirst, Math.Max(1, during.Count)));
        if (failing >= RobustZScoreDetector.Threshold && during.FailedFirst * (double)before.Count > before.FailedFirst * (double)during.Count)
        {
            Keep(evidence, new Finding.OperationFailing(shift.Component, Strength(failing), shift, failing));
        }
    }

    private static long LastIn(MetricSeries series, TimeWindow window)
    {
        var end = window.End.ToUnixTimeMilliseconds();
        var last = Array.FindLastIndex(series.UnixMilliseconds, time => time < end);
        return last < 0 ? 0 : series.UnixMilliseconds[last];
    }

    /// <summary>An operation that came or went, against how busy its component is.</summary>
    private static void JudgePath(OperationShift shift, ComponentEvidence evidence, long before, long during)
    {
        var (was, now) = (shift.Baseline.Count, shift.Incident.Count);
        if (before == 0 || during == 0 || (was > 0 && now > 0))
        {
            return;
        }

        var significance = Math.Sqrt(PoissonRates.G(was, before, now, during));
        if (significance >= PathThreshold)
        {
            var weight = 0.5 * Strength(Math.Max(significance, RobustZScoreDetector.Threshold));
            Keep(evidence, was == 0
                ? new Finding.OperationNew(shift.Component, weight, shift, significance)
                : new Finding.OperationGone(shift.Component, weight, shift, significance));
        }
    }

    /// <summary>Whether new trouble in a caller's log names the callee, as a word of its own.</summary>
    private static bool Names(LogPatternShift shift, string callee)
    {
        if (shift.Trend is not (LogPatternTrend.New or LogPatternTrend.More) || !(LogSeverity.IsError(shift.Severity) || LogSeverity.IsWarning(shift.Severity)))
        {
            return false;
        }

        var at = shift.Example.IndexOf(callee, StringComparison.OrdinalIgnoreCase);
        var end = at + callee.Length;
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(shift.Example[at - 1]))
            && (end == shift.Example.Length || !char.IsLetterOrDigit(shift.Example[end]));
    }

    /// <summary>By how many standard errors a median rose; 0 when by too little to matter.</summary>
    private static double MedianShift(double before, double beforeSpread, long beforeCount, double during, double duringSpread, long duringCount)
    {
        if (during < LeastSlowdown * before || during - before < LeastDelay)
        {
            return 0;
        }

        const double MedianError = 1.2533 * 1.4826; // Of a normal's median, from its MAD [Rousseeuw1993].
        var spread = Math.Max(Math.Sqrt(beforeSpread * duringSpread), Math.Max(beforeSpread, 0.02 * before)); // Slow calls spread; only half of that is doubt.
        var error = MedianError * spread * Math.Sqrt((1.0 / beforeCount) + (1.0 / duringCount));
        return (during - before) / Math.Max(error, 1e-9);
    }

    /// <summary>1 at the threshold, and one more for every factor of e above it, up to <see cref="Cap"/>.</summary>
    private static double Strength(double deviations) => Math.Min(Cap, 1 + Math.Log(deviations / RobustZScoreDetector.Threshold));

    /// <summary>Many calls make a slight slowdown certain, and no more important: the factor limits what certainty gives.</summary>
    private static double Slowdown(double deviations, double before, double during)
        => Math.Min(Strength(deviations), 2 * Math.Log(during / Math.Max(before, LeastDelay)));

    private static double WeightOf(SignalKind kind) => kind switch
    {
        SignalKind.Traffic or SignalKind.Other => 0.4, // Either direction is counted, and neither need harm.
        _ => 1,
    };

    private static double SeverityWeight(string severity) => LogSeverity.IsError(severity) ? 1 : LogSeverity.IsWarning(severity) ? 0.6 : 0.4;

    /// <summary>One finding a sort: further series of the same kind say the same thing again.</summary>
    private static void Keep(ComponentEvidence evidence, Finding finding)
    {
        var same = evidence.Own.FindIndex(other => SortOf(other) == SortOf(finding));
        if (same < 0)
        {
            evidence.Own.Add(finding);
        }
        else if (Compare(finding, evidence.Own[same]) > 0)
        {
            evidence.Own[same] = finding;
        }
    }

    /// <summary>Equal weights are told apart by name, so that the order of the input doesn't matter.</summary>
    private static int Compare(Finding one, Finding other)
    {
        var byWeight = Math.Round(one.Weight, 9).CompareTo(Math.Round(other.Weight, 9));
        return byWeight != 0 ? byWeight : string.CompareOrdinal(NameOf(other), NameOf(one));
    }

    private static (Type, int) SortOf(Finding finding) => (finding.GetType(), finding switch
    {
        Finding.MetricDeparted metric => (int)metric.Series.Kind,
        Finding.LogPatternMoved log => log.Shift.Trend is LogPatternTrend.New or LogPatternTrend.More ? 1 : -1,
        _ => 0,
    });

    private static string NameOf(Finding finding) => finding switch
    {
        Finding.MetricDeparted metric => metric.Series.ToString(),
        Finding.MetricFellSilent silent => silent.Series.ToString(),
        Finding.LogPatternMoved log => log.Shift.Template,
        Finding.OperationSlowed slowed => slowed.Shift.Operation,
        Finding.CallersWait waits => waits.Shift.Operation,
        Finding.OperationNew path => path.Shift.Operation,
        Finding.OperationGone path => path.Shift.Operation,
        Finding.NamedInLogs named => named.Caller + named.Shift.Template,
        Finding.OperationFailing failing => failing.Shift.Operation,
        _ => "",
    };

    private static ComponentEvidence For(SortedDictionary<string, ComponentEvidence> all, string component)
    {
        if (!all.TryGetValue(component, out var evidence))
        {
            all[component] = evidence = new ComponentEvidence(component);
        }

        return evidence;
    }
}
