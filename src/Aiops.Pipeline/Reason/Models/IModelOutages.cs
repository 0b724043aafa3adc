namespace Aiops.Pipeline.Reason.Models;

/// <summary>Incidents whose analysis had to do without the model and that come round again when it is back.</summary>
public interface IModelOutages
{
    /// <summary>Puts one on the list, or what is there in its place.</summary>
    Task PutAsync(ModelOutage outage, CancellationToken cancellationToken);

    Task RemoveAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>The ones that have waited longest first.</summary>
    Task<IReadOnlyList<ModelOutage>> ListAsync(int most, CancellationToken cancellationToken);
}

/// <param name="Round">The analysis that had to do without it.</param>
public sealed record ModelOutage(string IncidentId, int Round, DateTimeOffset Since);
