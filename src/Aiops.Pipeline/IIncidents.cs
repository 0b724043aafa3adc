namespace Aiops.Pipeline;

/// <summary>Reads incidents; only intake writes them.</summary>
public interface IIncidents
{
    /// <exception cref="KeyNotFoundException">There is no such incident: our own mistake, for ids come from the workflow.</exception>
    Task<Incident> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Its triggers in order of event time, the first one included.</summary>
    Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken);
}
