namespace Aiops.Pipeline.Classify;

/// <summary>What says that an incident changed since it was last analysed.</summary>
public interface IChangeNotices
{
    /// <summary>
    /// Takes them back: an analysis begins now, and sees the changes. Call it before reading the incident, so that what
    /// changes in between costs a round and is never missed.
    /// </summary>
    Task AcknowledgeAsync(string incidentId, CancellationToken cancellationToken);
}
