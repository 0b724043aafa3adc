using Aiops.Analysis.Anomalies;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>What the operations of one component say of it.</summary>
internal static class TraceEvidence
{
    private const int FewestBefore = 5;       // Their spread then says something about a median.
    private const int FewestDuring = 2;
    private const double LeastSlowdown = 1.2; // What grew by less than a fifth interests nobody, however certain.
    private const double LeastDelay = 1;      // Milliseconds: below, clocks and schedulers decide.
    private const double WaitShare = 0.7;     // A wait may be the caller's as well.
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
        if (before.Count < FewestBefore || during.Count < FewestDuring)
        {
            yield break;
        }

        var errors = Math.Sqrt((1.0 / before.Count) + (1.0 / during.Count));
        var slowed = Rise(before.SelfTimeMedian, before.SelfTimeSpread, during.SelfTimeMedian, during.SelfTimeSpread) / errors;
        if (slowed >= RobustZScoreDetector.Threshold)
        {
            var weight = Slowdown(slowed, before.SelfTimeMedian, during.SelfTimeMedian);
            yield return new Finding.OperationSlowed(shift.Component, weight, shift, slowed);
        }

        var waits = before.GapMedian > 0 ? Rise(before.GapMedian, before.GapSpread, during.GapMedian, during.GapSpread) / errors : 0;
        if (waits >= RobustZScoreDetector.Threshold)
        {
            var weight = WaitShare * Slowdown(waits, before.GapMedian, during.GapMedian);
            yield return new Finding.CallersWait(shift.Component, weight, shift, waits);
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

    /// <summary>By how many errors of one call's median a median rose; 0 when by too little to matter.</summary>
    private static double Rise(double before, double beforeSpread, double during, double duringSpread)
    {
        if (during < LeastSlowdown * before || during - before < LeastDelay)
        {
            return 0;
        }

        const double MedianError = 1.2533 * 1.4826; // Of a normal's median, from its MAD [Rousseeuw1993].
        var floor = Math.Max(0.02 * before, 1e-9);
        return (during - before) / (MedianError * Math.Max(Math.Sqrt(beforeSpread * duringSpread), Math.Max(beforeSpread, floor)));
    }

    /// <summary>Many calls make a slight slowdown certain, and no more important: the factor limits what certainty gives.</summary>
    private static double Slowdown(double deviations, double before, double during)
        => Math.Max(0, Math.Min(Strength.Of(deviations), 2 * Math.Log(during / Math.Max(before, LeastDelay))));
}
