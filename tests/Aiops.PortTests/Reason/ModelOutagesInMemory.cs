using System.Collections.Concurrent;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.PortTests.Reason;

/// <summary>Who waits for the model, for tests in one process.</summary>
public sealed class ModelOutagesInMemory : IModelOutages
{
    private readonly ConcurrentDictionary<string, ModelOutage> waiting = [];

    public Task PutAsync(ModelOutage outage, CancellationToken cancellationToken)
    {
        waiting[outage.IncidentId] = outage;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string incidentId, CancellationToken cancellationToken)
    {
        waiting.TryRemove(incidentId, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ModelOutage>> ListAsync(int most, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ModelOutage>>(
            [.. waiting.Values.OrderBy(outage => outage.Since).ThenBy(outage => outage.IncidentId, StringComparer.Ordinal).Take(most)]);
}
