using Aiops.Analysis.Anomalies;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>What the operations of one component say of it.</summary>
internal static class TraceEvidence
{
    private const double PathShare = 0.5;
    private const double PathThreshold = 3;   // Paths are few, and seldom new or gone by chance where the component is as busy as before.

    /// <param name="operations">All of one component.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<OperationShift> operations)
    {
        var (before, during) = (operations.Sum(o => o.Baseline.Count), operations.Sum(o => o.Incident.Count));
        return operations.SelectMany(o => Durations(o).Concat(Failures(o)).Concat(Paths(o, before, during)));
    }

    private static IEnumerable<Finding> Durations(OperationShift shift)
    {
        var (before, during) = (shift.Baseline, shift.Incident);
        var slowed = MedianRise.CanJudge(shift)
            ? MedianRise.Of(shift, before.SelfTimeMedian, before.SelfTimeSpread, during.SelfTimeMedian, during.SelfTimeSpread)
            : 0;
        if (slowed >= RobustZScoreDetector.Threshold)
        {
            var weight = MedianRise.Weight(slowed, before.SelfTimeMedian, during.SelfTimeMedian);
            yield return new Finding.OperationSlowed(shift.Component, weight, shift, slowed);
        }
    }

    private static IEnumerable<Finding> Failures(OperationShift shift)
    {
        var (before, during) = (shift.Baseline, shift.Incident);
        var significance = Math.Sqrt(PoissonRates.G(before.FailedFirst, Math.Max(1, before.Count), during.FailedFirst, Math.Max(1, during.Count)));
        if (significance >= RobustZScoreDetector.Threshold && during.FailedFirst * (double)before.Count > before.FailedFirst * (double)during.Count)
        {
            yield return new Finding.OperationFailing(shift.Component, Strength.Of(significance), shift, significance);
        }
    }

    /// <summary>An operation that came or went, against how busy its component is.</summary>
    private static IEnumerable<Finding> Paths(OperationShift shift, long before, long during)
    {
        var (was, now) = (shift.Baseline.Count, shift.Incident.Count);
        if (before == 0 || during == 0 || (was > 0 && now > 0))
        {
            yield break;
        }

        var significance = Math.Sqrt(PoissonRates.G(was, before, now, during));
        if (significance >= PathThreshold)
        {
            var weight = PathShare * Strength.Of(Math.Max(significance, RobustZScoreDetector.Threshold));
            yield return was == 0
                ? new Finding.OperationNew(shift.Component, weight, shift, significance)
                : new Finding.OperationGone(shift.Component, weight, shift, significance);
        }
    }
}
