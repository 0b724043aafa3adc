namespace Aiops.Analysis.Traces;

/// <summary>How one operation of one component fared before and during the incident, from its spans.</summary>
/// <param name="Caller">The component of the parent span; empty at the root, or when the parent wasn't recorded.</param>
public sealed record OperationShift(
    string Component,
    string Operation,
    string Caller,
    OperationStatistics Baseline,
    OperationStatistics Incident);

/// <summary>Spans of one operation, condensed.</summary>
/// <param name="Failed">Spans with an error status, wherever it came from.</param>
/// <param name="SelfTimeMedian">Milliseconds spent in the operation itself: its duration less its children's; 0 for a mere call.</param>
/// <param name="DurationMedian">Milliseconds.</param>
/// <param name="DurationP95">Milliseconds.</param>
public readonly record struct OperationStatistics(
    long Count, long Failed, double SelfTimeMedian, double DurationMedian, double DurationP95)
{
    /// <summary>Failed spans none of whose children failed: the error began here.</summary>
    public long FailedFirst { get; init; }

    /// <summary>Milliseconds: the median absolute deviation of the self time, which says how far the median may be trusted.</summary>
    public double SelfTimeSpread { get; init; }

    /// <summary>Milliseconds that the caller waited beyond this operation's own duration: network and queueing; 0 when unknown.</summary>
    public double GapMedian { get; init; }

    /// <summary>Milliseconds: the median absolute deviation of the gap.</summary>
    public double GapSpread { get; init; }
}
