namespace Aiops.Pipeline.Comment;

/// <summary>Puts an incident's documents together.</summary>
public interface IIncidentReports
{
    /// <summary>What the round found. A stage that left nothing behind is said so in its part.</summary>
    Task<IncidentReport> ReadAsync(string incidentId, int round, CancellationToken cancellationToken);
}
