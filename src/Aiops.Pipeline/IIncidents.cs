namespace Aiops.Pipeline;

/// <summary>Reads incidents as intake committed them.</summary>
public interface IIncidents
{
    /// <exception cref="KeyNotFoundException">There is no such incident.</exception>
    Task<Incident> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The latest trigger of each member, in order of event time.</summary>
    Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken);
}
