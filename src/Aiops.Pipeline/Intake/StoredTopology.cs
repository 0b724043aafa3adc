using System.Text.Json;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// The graph that a schedule left in the document store. Intake can't wait for a graph to be asked together, and one that is
/// minutes old groups alarms as well.
/// </summary>
public sealed class StoredTopology(IDocumentStore documents, TimeProvider time) : ICorrelationTopology
{
    /// <summary>How long a graph is kept before the store is asked again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private const string Key = "topology/current.json"; // Written anew by each refresh, so a store whose documents expire keeps it.

    private ServiceGraph graph = ServiceGraph.Empty;
    private DateTimeOffset askAgainAt = DateTimeOffset.MinValue;

    public async ValueTask<ServiceGraph> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < askAgainAt)
        {
            return graph;
        }

        askAgainAt = now + KeptFor;
        try
        {
            if (await documents.GetAsync(Key, cancellationToken) is { } content)
            {
                graph = JsonSerializer.Deserialize(content, ContextJson.Default.ServiceGraph) ?? ServiceGraph.Empty;
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or JsonException)
        {
            // Alarms must not wait for it: the graph of before, or none, and they are correlated by component, time and likeness.
        }

        return graph;
    }

    /// <summary>Leaves the graph for every intake.</summary>
    public static Task SaveAsync(IDocumentStore documents, ServiceGraph graph, CancellationToken cancellationToken)
        => documents.PutAsync(Key, JsonSerializer.SerializeToUtf8Bytes(graph, ContextJson.Default.ServiceGraph), cancellationToken);
}
