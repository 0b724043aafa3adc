using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>What one component shows by itself, before anything else is asked.</summary>
internal sealed class ComponentEvidence(string component)
{
    public string Component => component;

    /// <summary>The strongest of each sort, in no order.</summary>
    public List<Finding> Own { get; } = [];

    /// <summary>Series that could be judged, departed or not.</summary>
    public int Judged { get; set; }

    public Amounts Amounts { get; } = new();

    /// <summary>All that it shows by itself.</summary>
    public double Total => Own.Sum(finding => finding.Weight);

    /// <summary>The part that trouble in a callee would cause as well: latency, errors, availability, and what is logged of them.</summary>
    public double Propagating => Own.Sum(finding => finding.Weight * PropagatingShare(finding));

    /// <summary>The part of <see cref="Propagating"/> that trouble of this size in the callee can have caused.</summary>
    public double ExplainedBy(ComponentEvidence callee)
    {
        var strength = Math.Min(1, (callee.Total - callee.Load) / Propagating);
        return Own.Sum(finding =>
        {
            var share = finding is Finding.MetricDeparted metric && !callee.IsSilent && !callee.IsWaitedFor ? callee.Amounts.ShareOf(metric.Series.Kind, Amounts) : null;
            return finding.Weight * PropagatingShare(finding) * (share ?? strength);
        });
    }

    private static double PropagatingShare(Finding finding) => finding switch
    {
        Finding.MetricDeparted { Series.Kind: SignalKind.Latency or SignalKind.Errors or SignalKind.Availability } => 1,
        // A callee's failure shows here too, and one of its own only here.
        Finding.LogPatternMoved or Finding.OperationFailing or Finding.OperationNew => 0.5,
        Finding.OperationSlowed => 0.3, // Retries wait in the caller.
        _ => 0,
    };

    /// <summary>The part that more or fewer calls would cause as well.</summary>
    public double Load => Own.Sum(finding => finding
        is Finding.MetricDeparted { Series.Kind: SignalKind.Traffic }
        or Finding.MetricFellSilent { Series.Kind: SignalKind.Traffic or SignalKind.Latency } ? finding.Weight : 0);

    /// <summary>It stopped reporting, so its last figures say nothing of what its callers suffer.</summary>
    public bool IsSilent => Own.Exists(finding => finding is Finding.MetricFellSilent);

    /// <summary>Its callers wait longer than it works, so its own figures say nothing of what they suffer either.</summary>
    public bool IsWaitedFor => Own.Exists(finding => finding is Finding.CallersWait wait && wait.Shift.Component == Component);

    public bool Surges => Own.Exists(finding =>
        finding is Finding.MetricDeparted { Series.Kind: SignalKind.Traffic, Departure.Upwards: true });

    /// <summary>When it began: the earliest onset among the findings that weigh, load aside, for load drifts with the day.</summary>
    public DateTimeOffset? Onset => EarliestOf(Own.Exists(IsHarm) ? Own.Where(IsHarm) : Own);

    /// <summary>When that began which trouble in a callee would cause as well.</summary>
    public DateTimeOffset? PropagatingOnset => EarliestOf(Own.Where(finding => finding is Finding.MetricDeparted
    {
        Series.Kind: SignalKind.Latency or SignalKind.Errors or SignalKind.Availability,
    })) ?? Onset;

    private static bool IsHarm(Finding finding) => finding.Onset is not null
        && finding is not (Finding.MetricDeparted { Series.Kind: SignalKind.Traffic or SignalKind.Other }
            or Finding.MetricDeparted { Departure.IsOlder: true });

    private static DateTimeOffset? EarliestOf(IEnumerable<Finding> findings)
    {
        var dated = findings.Where(finding => finding.Onset is not null).ToList();
        var most = dated.Count == 0 ? 0 : dated.Max(finding => finding.Weight);
        return dated.Where(finding => finding.Weight >= most / 2).Min(finding => finding.Onset);
    }
}
