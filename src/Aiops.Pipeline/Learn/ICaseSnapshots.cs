namespace Aiops.Pipeline.Learn;

/// <summary>Reads all that was learned in a scope at one moment; what is made of it is pure.</summary>
public interface ICaseSnapshots
{
    Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken);
}
