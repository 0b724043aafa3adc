using System.Collections.Concurrent;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>The index of each scope, built anew when its snapshot has changed and not before.</summary>
public sealed class KnowledgeIndexes(ICaseSnapshots cases, IDocumentShelf? documents = null)
{
    private const int MostKept = 16; // Scopes: an index of some ten thousand cases takes tens of megabytes.

    private readonly ConcurrentDictionary<string, Built> kept = new(StringComparer.Ordinal);

    /// <summary>Of what stands now: what was revoked before the call isn't in it.</summary>
    public async Task<KnowledgeIndex> OfAsync(string scope, CancellationToken cancellationToken)
    {
        var caseVersion = await cases.VersionAsync(scope, cancellationToken);
        var documentVersion = documents is null ? 0 : await documents.VersionAsync(scope, cancellationToken);
        if (kept.TryGetValue(scope, out var built) && built.CaseVersion == caseVersion && built.DocumentVersion == documentVersion)
        {
            return built.Index;
        }

        var caseSnapshot = await cases.SnapshotAsync(scope, cancellationToken);
        var documentSnapshot = documents is null ? DocumentSnapshot.Empty : await documents.SnapshotAsync(scope, cancellationToken);
        built = new Built(caseSnapshot.Version, documentSnapshot.Version, KnowledgeIndex.Of(caseSnapshot.Current, documentSnapshot.Current));
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[scope] = built;
        return built.Index;
    }

    private sealed record Built(long CaseVersion, long DocumentVersion, KnowledgeIndex Index);
}
