using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Pipeline.GatherContext;

/// <summary>What one source gave, as it is stored: only its own list is filled.</summary>
public sealed record ContextPart
{
    public required SourcePart Source { get; init; }

    public required AnalysisWindows Windows { get; init; }

    public IReadOnlyList<MetricSeries>? Metrics { get; init; }

    public IReadOnlyList<LogPatternShift>? Logs { get; init; }

    /// <summary>Filled together with <see cref="Logs"/>.</summary>
    public IReadOnlyList<SequenceShift>? Sequences { get; init; }

    public IReadOnlyList<OperationShift>? Traces { get; init; }

    public ServiceGraph? Topology { get; init; }

    public IReadOnlyList<Change>? Changes { get; init; }

    public IReadOnlyList<ObjectiveBudget>? Objectives { get; init; }

    public IReadOnlyList<PastIncident>? PastIncidents { get; init; }
}
