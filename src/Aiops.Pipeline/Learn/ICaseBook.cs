namespace Aiops.Pipeline.Learn;

/// <summary>The reviewed incidents. A case is written from a review alone, one an incident; writing it again replaces it.</summary>
public interface ICaseBook
{
    Task WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken);
}
