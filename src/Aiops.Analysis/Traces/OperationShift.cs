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
/// <param name="SelfTimeMedian">Milliseconds spent in the operation itself: its duration less its children's.</param>
/// <param name="DurationMedian">Milliseconds.</param>
/// <param name="DurationP95">Milliseconds.</param>
public readonly record struct OperationStatistics(
    long Count, long Failed, double SelfTimeMedian, double DurationMedian, double DurationP95);
