using Aiops.Analysis.Anomalies;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>One observation that speaks for or against a component's being the cause, with its figures.</summary>
/// <param name="Component">What it speaks of.</param>
/// <param name="Weight">What it adds to the component's score, in nats; negative when it speaks against.</param>
public abstract record Finding(string Component, double Weight)
{
    /// <summary>When it began; null when it has no onset.</summary>
    public virtual DateTimeOffset? Onset => null;

    /// <summary>A series left its baseline.</summary>
    public sealed record MetricDeparted(string Component, double Weight, MetricSeries Series, Departure Departure)
        : Finding(Component, Weight)
    {
        public override DateTimeOffset? Onset => Departure.Onset;
    }

    /// <summary>A series that was always there stopped.</summary>
    /// <param name="Expected">Samples that the baseline's pace promised for the stretch since <paramref name="Since"/>.</param>
    public sealed record MetricFellSilent(string Component, double Weight, MetricSeries Series, DateTimeOffset Since, int Expected)
        : Finding(Component, Weight)
    {
        public override DateTimeOffset? Onset => Since;
    }

    /// <summary>A log pattern is new, gone, more or less frequent.</summary>
    public sealed record LogPatternMoved(string Component, double Weight, LogPatternShift Shift) : Finding(Component, Weight)
    {
        public override DateTimeOffset? Onset => Shift.FirstSeenUnixMilliseconds is { } at && Shift.Trend == LogPatternTrend.New
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
    }

    /// <summary>An operation takes longer by itself, its callees' time taken off.</summary>
    public sealed record OperationSlowed(string Component, double Weight, OperationShift Shift, double Deviations)
        : Finding(Component, Weight);

    /// <summary>A call to or from the component waits longer than its callee works: its network, a queue before it or a pool in it.</summary>
    public sealed record CallersWait(string Component, double Weight, OperationShift Shift, double Deviations)
        : Finding(Component, Weight)
    {
        /// <summary>Of all the component's calls in that direction, those on links that are slow, 0 to 1.</summary>
        public double Share { get; init; } = 1;
    }

    /// <summary>More of an operation's calls fail, and the failures begin in it.</summary>
    public sealed record OperationFailing(string Component, double Weight, OperationShift Shift, double Significance)
        : Finding(Component, Weight);

    /// <summary>An operation that was called before isn't any more.</summary>
    public sealed record OperationGone(string Component, double Weight, OperationShift Shift, double Significance)
        : Finding(Component, Weight);

    /// <summary>An operation is called that never was: another path through the component, often that of an error.</summary>
    public sealed record OperationNew(string Component, double Weight, OperationShift Shift, double Significance)
        : Finding(Component, Weight);

    /// <summary>A caller logs new trouble that names the component.</summary>
    public sealed record NamedInLogs(string Component, double Weight, string Caller, LogPatternShift Shift) : Finding(Component, Weight);

    /// <summary>Within traces, a line of the component is missing where it always was, or one came that never did.</summary>
    public sealed record SequenceBroken(string Component, double Weight, SequenceShift Shift) : Finding(Component, Weight);

    /// <summary>Something was changed shortly before the fault began.</summary>
    /// <param name="Lead">From the change to the onset; negative when it came after by no more than the samples' period.</param>
    public sealed record ChangedBefore(string Component, double Weight, Change Change, TimeSpan Lead) : Finding(Component, Weight)
    {
        public override DateTimeOffset? Onset => Change.At;
    }

    /// <summary>Components that depend on it, and whose departures it would explain.</summary>
    /// <param name="Symptom">Whether the alarm's own component is among them.</param>
    public sealed record ExplainsCallers(string Component, double Weight, IReadOnlyList<string> Callers, bool Symptom)
        : Finding(Component, Weight);

    /// <summary>Components that it calls, and whose load it would explain: a surge, a backlog.</summary>
    /// <param name="Symptom">Whether the alarm's own component is among them.</param>
    public sealed record ExplainsLoad(string Component, double Weight, IReadOnlyList<string> Callees, bool Symptom)
        : Finding(Component, Weight);

    /// <summary>Speaks against: what it shows is what a callee in trouble would make it show.</summary>
    /// <param name="Share">How much of it, 0 to 1.</param>
    public sealed record ExplainedByCallee(string Component, double Weight, string Callee, double Share) : Finding(Component, Weight);

    /// <summary>Speaks against: what it shows is what a caller's surge or silence would make it show.</summary>
    /// <param name="Share">How much of it, 0 to 1.</param>
    public sealed record ExplainedByCaller(string Component, double Weight, string Caller, double Share) : Finding(Component, Weight);

    /// <summary>It departed before everything else.</summary>
    public sealed record BeganFirst(string Component, double Weight, TimeSpan Lead) : Finding(Component, Weight);

    /// <summary>Speaks against: something else departed earlier.</summary>
    public sealed record BeganLater(string Component, double Weight, string First, TimeSpan Lag) : Finding(Component, Weight);

    /// <summary>Speaks against: as far as the topology knows, the alarm's component doesn't depend on it.</summary>
    public sealed record OffThePath(string Component, double Weight, string Symptom) : Finding(Component, Weight);

    /// <summary>A reviewed case had a suspect like it, which was the cause there; or, speaking against, wasn't.</summary>
    /// <param name="Cause">What it was in that case, for people; empty when nobody said.</param>
    /// <param name="Share">How alike, 0 to 1.</param>
    public sealed record SeenBefore(string Component, double Weight, string CaseId, string Cause, double Share) : Finding(Component, Weight);
}
