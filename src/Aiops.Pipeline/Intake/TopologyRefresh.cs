using Aiops.Analysis;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Pipeline.Intake;

/// <summary>Asks anew who calls whom and leaves it for every intake, which reads it by <see cref="StoredTopology"/>.</summary>
public sealed class TopologyRefresh(ITopologySource topology, IDocumentStore documents, TimeProvider time)
{
    /// <summary>Calls this old count: what is called seldom belongs to the graph too.</summary>
    public static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    /// <returns>What the graph lacks, a sentence each.</returns>
    /// <exception cref="SourceMissingException">Nothing traces here.</exception>
    /// <exception cref="SourceDeniedException">We aren't allowed to ask: the graph of before stays.</exception>
    /// <exception cref="SourceUnavailableException">It can't be asked now: the graph of before stays.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        TelemetryQuery query = new("", new TimeWindow(now - Lookback, now), []);
        var answer = await topology.QueryAsync(query, cancellationToken);
        await StoredTopology.SaveAsync(documents, answer.Items, cancellationToken);
        return answer.Gaps;
    }
}
