namespace Aiops.Pipeline.Learn.Documents;

/// <summary>Runbooks and post-mortems of a scope, with every version that there was; see <see cref="ICaseBook"/> for what each call holds to.</summary>
public interface IDocumentShelf
{
    /// <summary>Adds documents, each replacing the one of its id; the same again makes no version.</summary>
    Task<IReadOnlyList<DocumentRecord>> AddAsync(
        string scope, IReadOnlyList<KnowledgeDocument> documents, KnowledgeChange change, CancellationToken cancellationToken);

    /// <returns>Null where there is no such document.</returns>
    Task<DocumentRecord?> RemoveAsync(string scope, string id, KnowledgeChange change, CancellationToken cancellationToken);

    Task<IReadOnlyList<DocumentRecord>> HistoryAsync(string scope, string id, CancellationToken cancellationToken);

    Task<DocumentSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken);

    Task<long> VersionAsync(string scope, CancellationToken cancellationToken);
}
