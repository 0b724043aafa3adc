using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>What the waits on calls between components say of the two at their ends.</summary>
/// <remarks>
/// A call that waits longer than its callee works is slow between the two: on either's network, before the callee's door or
/// in the caller's pool. One link can't tell which end it is, all of them can: where the trouble sits, all calls to it are
/// slow, or all calls from it, and of the other ends' calls only those that lead there. So the weight is the slowest link's
/// times the share of the component's calls in that direction that are slow.
/// </remarks>
internal static class LinkEvidence
{
    private const double CallerShare = 0.7; // A door is crowded more often than a pool is empty.

    public static IEnumerable<Finding> Of(IReadOnlyList<OperationShift> operations)
    {
        var links = operations
            .Where(o => o.Caller.Length > 0 && o.Caller != o.Component && MedianRise.CanJudge(o) && o.Baseline.GapMedian > 0)
            .Select(o => (Shift: o, Deviations: MedianRise.Of(o, o.Baseline.GapMedian, o.Baseline.GapSpread, o.Incident.GapMedian, o.Incident.GapSpread)))
            .ToList();
        var ends = links.Select(l => l.Shift.Component).Concat(links.Select(l => l.Shift.Caller)).Distinct().Order(StringComparer.Ordinal);
        foreach (var component in ends)
        {
            Finding.CallersWait?[] ways =
            [
                Of(component, 1, links.Where(l => l.Shift.Component == component)),
                Of(component, CallerShare, links.Where(l => l.Shift.Caller == component)),
            ];
            if (ways.OfType<Finding.CallersWait>().MaxBy(finding => finding.Weight) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static Finding.CallersWait? Of(string component, double part, IEnumerable<(OperationShift Shift, double Deviations)> links)
    {
        var own = links.ToList();
        var slow = own.Where(link => link.Deviations >= RobustZScoreDetector.Threshold).ToList();
        if (slow.Count == 0)
        {
            return null;
        }

        var share = slow.Sum(link => link.Shift.Incident.Count) / (double)own.Sum(link => link.Shift.Incident.Count);
        var (weight, worst) = slow
            .Select(link => (Weight: WeightOf(link.Shift, link.Deviations), Link: link))
            .MaxBy(w => (Math.Round(w.Weight, 9), w.Link.Shift.Incident.Count));
        return new Finding.CallersWait(component, part * share * weight, worst.Shift, worst.Deviations) { Share = share };
    }

    private static double WeightOf(OperationShift shift, double deviations)
        => MedianRise.Weight(deviations, shift.Baseline.GapMedian, shift.Incident.GapMedian);
}
