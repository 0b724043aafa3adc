namespace Aiops.Pipeline.Learn;

/// <summary>Reads all that was learned in a scope at one moment; what is made of it is pure.</summary>
public interface ICaseSnapshots
{
    Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken);

    /// <summary>The version of the snapshot that would be read now, for less: what was built from an equal one still holds.</summary>
    Task<long> VersionAsync(string scope, CancellationToken cancellationToken);
}
