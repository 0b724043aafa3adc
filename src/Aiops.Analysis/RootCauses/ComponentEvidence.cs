using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>What one component shows by itself, before anything else is asked.</summary>
/// <param name="isBuffer">It only holds what others send and fetch, so what it shows is their doing.</param>
internal sealed class ComponentEvidence(string component, bool isBuffer)
{
    private const double CrossShare = 0.5;   // Callers give up on what is slow, and retry what fails.
    private const double Overrun = 3;        // So many times the usual calls.
    private const double OverrunShare = 0.5;
    private const double UnfeltShare = 0.2;  // A busy processor that slows nothing down explains nothing; not all is measured...
    private const double UnfeltOwn = 0.7;    // ...and is less of a trouble itself.
    private const double Further = 0.85;     // Of each further finding's weight, by its place.

    public string Component => component;

    public bool IsBuffer => isBuffer;

    /// <summary>The strongest of each sort, in no order.</summary>
    public List<Finding> Own { get; } = [];

    /// <summary>Series that could be judged, departed or not.</summary>
    public int Judged { get; set; }

    /// <summary>Its series, and those of them that fell silent.</summary>
    public (int All, int Silent) Series { get; set; }

    /// <summary>The strongest departure that is still usual, by kind of signal; none for a kind that wasn't judged.</summary>
    public Dictionary<SignalKind, double> UsualStrengths { get; } = [];

    public Amounts Amounts { get; } = new();

    /// <summary>All that it shows by itself.</summary>
    public double Total => Own.Sum(finding => finding.Weight);

    /// <summary>The part that trouble in a callee would cause as well: latency, errors, availability, and what is logged of them.</summary>
    public double Propagating => Own.Sum(finding => finding.Weight * Troubles.PropagatingShare(finding));

    /// <summary>The part that more or fewer calls would cause as well.</summary>
    public double Load => Own.Sum(finding => finding switch
    {
        _ when TroubleOf(finding) == Trouble.Load => finding.Weight,
        // Calls as never before find it as never before: its usual latency says little of them.
        Finding.MetricDeparted { Series.Kind: SignalKind.Latency } when IsOverrun => OverrunShare * finding.Weight,
        _ => 0,
    });

    /// <summary>It stopped reporting, so its last figures say nothing of what its callers suffer.</summary>
    public bool IsSilent => 2 * Series.Silent > Series.All;

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

    /// <summary>Whether callers may feel its trouble: something that they feel departed, or nobody measures that.</summary>
    private bool IsFelt => Own.Exists(finding => TroubleOf(finding) is Trouble.Slow or Trouble.Failing)
        || !(UsualStrengths.ContainsKey(SignalKind.Latency) || UsualStrengths.ContainsKey(SignalKind.Errors)
            || UsualStrengths.ContainsKey(SignalKind.Availability));

    private bool IsOverrun => Own.Exists(finding => finding
        is Finding.MetricDeparted { Series.Kind: SignalKind.Traffic, Departure: { Upwards: true } departure }
        && departure.Reached > Overrun * Math.Max(0, departure.Usual));

    /// <summary>The part of <see cref="Propagating"/> that trouble of this size and sort in the callee can have caused.</summary>
    public double ExplainedBy(ComponentEvidence callee)
    {
        var propagating = Propagating;
        return Own.Sum(finding =>
        {
            var amount = finding is Finding.MetricDeparted metric && !callee.IsSilent && !callee.IsWaitedFor
                ? callee.Amounts.ShareOf(metric.Series.Kind, Amounts)
                : null;
            var share = amount ?? Math.Min(1, callee.LikeOf(TroubleOf(finding)) / propagating);
            return finding.Weight * Troubles.PropagatingShare(finding) * share;
        });
    }

    /// <summary>To be called once, when all that the component shows is there.</summary>
    /// <param name="order">Tells equal weights apart, so that the order of the input doesn't matter.</param>
    public void Weigh(Comparison<Finding> order)
    {
        // A series that stops alone has lost its sender; the more of them stop, the more it is the component that stopped.
        var stopped = Series.All == 0 ? 0 : (double)Series.Silent / Series.All;
        var unfelt = IsFelt ? 1 : UnfeltOwn;
        Scale(finding => finding switch
        {
            Finding.MetricFellSilent => stopped,
            Finding.MetricDeparted { Series.Kind: SignalKind.Saturation or SignalKind.Other } => unfelt,
            _ => 1,
        });

        // What one component shows in several signals is one trouble seen several times: each further one counts for less.
        Own.Sort((one, other) =>
            Math.Round(other.Weight, 9).CompareTo(Math.Round(one.Weight, 9)) is not 0 and var byWeight ? byWeight : order(one, other));
        var share = 1 / Further;
        Scale(_ => share *= Further);
    }

    private void Scale(Func<Finding, double> share)
    {
        for (var i = 0; i < Own.Count; i++)
        {
            Own[i] = Own[i] with { Weight = Own[i].Weight * share(Own[i]) };
        }
    }

    private Trouble TroubleOf(Finding finding) => Troubles.Of(finding, isBuffer);

    /// <summary>What it shows that makes callers show that trouble: like causes like; slowness and failures cause each other less.</summary>
    private double LikeOf(Trouble felt) => Own.Sum(finding => finding.Weight * (TroubleOf(finding) switch
    {
        Trouble.Load => 0,
        Trouble.Other => IsFelt ? 1 : UnfeltShare,
        var own => own == felt || felt == Trouble.Other ? 1 : CrossShare,
    }));

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
