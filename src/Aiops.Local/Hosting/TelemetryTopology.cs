using Aiops.Analysis;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;

namespace Aiops.Local.Hosting;

/// <summary>The graph of the telemetry's own topology, read once: a recording's doesn't change.</summary>
internal sealed class TelemetryTopology(ITopologySource? source, TimeWindow window) : ICorrelationTopology
{
    private ServiceGraph? graph;

    public async ValueTask<ServiceGraph> CurrentAsync(CancellationToken cancellationToken)
        => graph ??= await ReadAsync(cancellationToken);

    private async Task<ServiceGraph> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return source is null ? ServiceGraph.Empty : (await source.QueryAsync(new TelemetryQuery("", window, []), cancellationToken)).Items;
        }
        catch (Exception e) when (e is SourceMissingException or SourceDeniedException)
        {
            return ServiceGraph.Empty; // Alarms are then correlated by component, time and likeness.
        }
    }
}
