using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>Judges every signal of a case by itself and keeps, for each component, the strongest finding of each sort.</summary>
internal static class EvidenceCollection
{
    public static SortedDictionary<string, ComponentEvidence> Of(RootCauseCase incident)
    {
        var all = new SortedDictionary<string, ComponentEvidence>(StringComparer.Ordinal);
        var latest = incident.Metrics.Select(series => LastIn(series, incident.Incident)).DefaultIfEmpty(0).Max();
        var services = ServiceFacts.Of(incident.Metrics);
        foreach (var series in incident.Metrics)
        {
            var evidence = For(all, series.Component, incident.Topology);
            Keep(all, incident.Topology, MetricEvidence.Of(series, incident, latest, evidence, services[series.Component]));
        }

        foreach (var shift in incident.Logs)
        {
            Keep(all, incident.Topology, LogEvidence.Of(shift, incident.Topology));
        }

        Keep(all, incident.Topology, LinkEvidence.Of(incident.Traces));
        Keep(all, incident.Topology, incident.Sequences.Select(SequenceEvidence.Of));
        foreach (var component in incident.Traces.GroupBy(shift => shift.Component))
        {
            Keep(all, incident.Topology, TraceEvidence.Of([.. component]));
        }

        foreach (var evidence in all.Values)
        {
            evidence.Weigh((one, other) => SortOf(one).CompareTo(SortOf(other)));
        }

        return all;
    }

    /// <summary>One finding a sort: further series of the same kind say the same thing again.</summary>
    private static void Keep(SortedDictionary<string, ComponentEvidence> all, ServiceGraph topology, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var own = For(all, finding.Component, topology).Own;
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

    /// <summary>
    /// Weights are capped, so strong findings have equal ones: then the stronger wins, then the earlier, then a name, so that
    /// the order of the input doesn't matter.
    /// </summary>
    private static int Compare(Finding one, Finding other)
    {
        var byWeight = Math.Round(one.Weight, 9).CompareTo(Math.Round(other.Weight, 9));
        var byStrength = byWeight != 0 ? byWeight : Math.Round(StrengthOf(one), 9).CompareTo(Math.Round(StrengthOf(other), 9));
        var byOnset = byStrength != 0 ? byStrength : Nullable.Compare(other.Onset, one.Onset);
        return byOnset != 0 ? byOnset : string.CompareOrdinal(NameOf(other), NameOf(one));
    }

    private static double StrengthOf(Finding finding) => finding is Finding.MetricDeparted metric ? metric.Departure.Strength : 0;

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
        var (_, end) = series.SamplesWithin(window);
        return end == 0 ? 0 : series.UnixMilliseconds[end - 1];
    }

    private static ComponentEvidence For(SortedDictionary<string, ComponentEvidence> all, string component, ServiceGraph topology)
    {
        if (!all.TryGetValue(component, out var evidence))
        {
            all[component] = evidence = new ComponentEvidence(component, Buffering.Is(topology.TypeOf(component)));
        }

        return evidence;
    }
}
