using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>Judges every signal of a case by itself and keeps, for each component, the strongest finding of each sort.</summary>
internal static class EvidenceCollection
{
    public static SortedDictionary<string, ComponentEvidence> Of(RootCauseCase incident)
    {
        var all = new SortedDictionary<string, ComponentEvidence>(StringComparer.Ordinal);
        var latest = incident.Metrics.Select(series => LastIn(series, incident.Incident)).DefaultIfEmpty(0).Max();
        foreach (var series in incident.Metrics)
        {
            Keep(all, MetricEvidence.Of(series, incident, latest, For(all, series.Component)));
        }

        foreach (var shift in incident.Logs)
        {
            Keep(all, LogEvidence.Of(shift, incident.Topology));
        }

        Keep(all, LinkEvidence.Of(incident.Traces));
        Keep(all, incident.Sequences.Select(SequenceEvidence.Of));
        foreach (var component in incident.Traces.GroupBy(shift => shift.Component))
        {
            Keep(all, TraceEvidence.Of([.. component]));
        }

        foreach (var evidence in all.Values)
        {
            evidence.Own.Sort((one, other) => SortOf(one).CompareTo(SortOf(other))); // Sums then run in one order.
        }

        return all;
    }

    /// <summary>One finding a sort: further series of the same kind say the same thing again.</summary>
    private static void Keep(SortedDictionary<string, ComponentEvidence> all, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var own = For(all, finding.Component).Own;
            var same = own.FindIndex(other => SortOf(other) == SortOf(finding));
            if (same < 0)
            {
                own.Add(finding);
            }
            else if (Compare(finding, own[same]) > 0)
            {
                own[same] = finding;
            }
        }
    }

    /// <summary>Equal weights are told apart by name, so that the order of the input doesn't matter.</summary>
    private static int Compare(Finding one, Finding other)
    {
        var byWeight = Math.Round(one.Weight, 9).CompareTo(Math.Round(other.Weight, 9));
        return byWeight != 0 ? byWeight : string.CompareOrdinal(NameOf(other), NameOf(one));
    }

    private static (int Sort, int Part) SortOf(Finding finding) => finding switch
    {
        Finding.MetricDeparted metric => (0, (int)metric.Series.Kind),
        Finding.MetricFellSilent => (1, 0),
        Finding.LogPatternMoved log => (2, log.Shift.Trend is LogPatternTrend.New or LogPatternTrend.More ? 0 : 1),
        Finding.NamedInLogs => (3, 0),
        Finding.OperationSlowed => (4, 0),
        Finding.CallersWait => (5, 0),
        Finding.OperationFailing => (6, 0),
        Finding.OperationNew => (7, 0),
        Finding.OperationGone => (8, 0),
        Finding.SequenceBroken => (9, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "not a signal's own finding"),
    };

    private static string NameOf(Finding finding) => finding switch
    {
        Finding.MetricDeparted metric => metric.Series.ToString(),
        Finding.MetricFellSilent silent => silent.Series.ToString(),
        Finding.LogPatternMoved log => log.Shift.Template,
        Finding.NamedInLogs named => named.Caller + named.Shift.Template,
        Finding.OperationSlowed slowed => slowed.Shift.Operation + slowed.Shift.Caller,
        Finding.CallersWait waits => waits.Shift.Operation + waits.Shift.Caller,
        Finding.OperationFailing failing => failing.Shift.Operation + failing.Shift.Caller,
        Finding.OperationNew path => path.Shift.Operation + path.Shift.Caller,
        Finding.OperationGone path => path.Shift.Operation + path.Shift.Caller,
        Finding.SequenceBroken broken => $"{broken.Shift.Template} {broken.Shift.AfterComponent} {broken.Shift.AfterTemplate}",
        _ => "",
    };

    private static long LastIn(MetricSeries series, TimeWindow window)
    {
        var end = window.End.ToUnixTimeMilliseconds();
        var last = Array.FindLastIndex(series.UnixMilliseconds, time => time < end);
        return last < 0 ? 0 : series.UnixMilliseconds[last];
    }

    private static ComponentEvidence For(SortedDictionary<string, ComponentEvidence> all, string component)
    {
        if (!all.TryGetValue(component, out var evidence))
        {
            all[component] = evidence = new ComponentEvidence(component);
        }

        return evidence;
    }
}
