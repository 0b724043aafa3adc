using Aiops.Pipeline;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>Incidents of which only the members matter.</summary>
internal sealed class KnownIncidents(params IReadOnlyList<Trigger> members) : IIncidents
{
    public Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => throw new KeyNotFoundException(id);

    public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken) => Task.FromResult(members);
}
