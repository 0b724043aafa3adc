using Aiops.Local.Storage;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Local.Cases;

/// <summary>Runbooks and post-mortems in the shared database, each call one transaction.</summary>
/// <param name="oneScope">As in <see cref="SqliteCaseBook"/>.</param>
public sealed class SqliteDocumentShelf(SqliteDatabase database, string? oneScope = null) : IDocumentShelf
{
    private readonly SqliteVersions<KnowledgeDocument> records = new(database, "document", CaseJson.Default.KnowledgeDocument);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentRecord>> AddAsync(
        string scope, IReadOnlyList<KnowledgeDocument> documents, KnowledgeChange change, CancellationToken cancellationToken)
    {
        var edits = documents.Select(one => (one.Id, (VersionedEdit<KnowledgeDocument>)(_ => (one, CaseStatus.Current)))).ToList();
        return [.. (await records.ChangeAsync(ScopeOf(scope), edits, change, cancellationToken)).Select(one => RecordOf(scope, one!))];
    }

    /// <inheritdoc/>
    public async Task<DocumentRecord?> RemoveAsync(string scope, string id, KnowledgeChange change, CancellationToken cancellationToken)
        => (await records.ChangeAsync(
            ScopeOf(scope), [(id, known => known is null ? null : (known.Content, CaseStatus.Revoked))], change, cancellationToken))[0] is { } removed
            ? RecordOf(scope, removed)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentRecord>> HistoryAsync(string scope, string id, CancellationToken cancellationToken)
        => [.. (await records.HistoryAsync(ScopeOf(scope), id, cancellationToken)).Select(one => RecordOf(scope, one))];

    /// <inheritdoc/>
    public async Task<DocumentSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        var (version, all) = await records.SnapshotAsync(ScopeOf(scope), cancellationToken);
        return new DocumentSnapshot(version, [.. all.Select(one => RecordOf(scope, one))]);
    }

    /// <inheritdoc/>
    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => records.VersionAsync(ScopeOf(scope), cancellationToken);

    private string ScopeOf(string scope) => oneScope ?? scope;

    private DocumentRecord RecordOf(string scope, Versioned<KnowledgeDocument> one)
        => new(ScopeOf(scope), one.Content, one.Version, one.Status) { Change = one.Change };
}
