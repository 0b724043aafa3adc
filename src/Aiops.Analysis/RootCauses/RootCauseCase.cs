using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>What is known about one incident. Every part may be empty: the engine ranks with what there is.</summary>
public sealed record RootCauseCase
{
    /// <summary>The stretch judged.</summary>
    public required TimeWindow Incident { get; init; }

    /// <summary>
    /// Just before it, when it may have begun already; null where it reaches back far enough. See <see cref="IncidentOnset"/>.
    /// </summary>
    public TimeWindow? Guard { get; init; }

    /// <summary>The stretches it is judged against; the incident's own samples never count as usual.</summary>
    public required TimeWindows Baseline { get; init; }

    /// <summary>What the alarm speaks of; null when nobody knows.</summary>
    public Symptom? Symptom { get; init; }

    public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

    /// <summary>As <see cref="LogPatternTally.Compare"/> judged them.</summary>
    public IReadOnlyList<LogPatternShift> Logs { get; init; } = [];

    /// <summary>As <see cref="LogPatternTally.CompareSequences"/> judged them.</summary>
    public IReadOnlyList<SequenceShift> Sequences { get; init; } = [];

    public IReadOnlyList<OperationShift> Traces { get; init; } = [];

    public ServiceGraph Topology { get; init; } = ServiceGraph.Empty;

    public IReadOnlyList<Change> Changes { get; init; } = [];
}

/// <summary>What the alarm speaks of: where it shows, which is seldom where it began.</summary>
/// <param name="Metric">The metric's own name; empty when the alarm names none.</param>
/// <param name="At">When the alarm's state began.</param>
public sealed record Symptom(string Component, SignalKind Kind, string Metric, DateTimeOffset At);
