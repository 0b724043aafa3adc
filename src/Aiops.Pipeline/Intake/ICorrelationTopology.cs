using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.Intake;

/// <summary>The graph that alarms are correlated by: what is known of the estate before any incident is looked at.</summary>
public interface ICorrelationTopology
{
    /// <summary>Never fails for want of a graph: an empty one where nothing is known. The same object while nothing changed.</summary>
    ValueTask<ServiceGraph> CurrentAsync(CancellationToken cancellationToken);
}

/// <summary>A graph that stays as it is.</summary>
public sealed class FixedTopology(ServiceGraph graph) : ICorrelationTopology
{
    public static FixedTopology None { get; } = new(ServiceGraph.Empty);

    public ValueTask<ServiceGraph> CurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(graph);
}
