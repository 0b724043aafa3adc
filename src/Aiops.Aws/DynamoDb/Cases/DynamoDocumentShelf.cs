using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Aws.DynamoDb.Cases;

/// <summary>Runbooks and post-mortems beside the cases of their scope; the largest fits into an item.</summary>
public sealed class DynamoDocumentShelf(DynamoTable table) : IDocumentShelf
{
    private readonly DynamoVersions<KnowledgeDocument> records = new(table, "DOCUMENT#", "EARLIERDOCUMENT#", "Document", CaseJson.Default.KnowledgeDocument);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentRecord>> AddAsync(
        string scope, IReadOnlyList<KnowledgeDocument> documents, KnowledgeChange change, CancellationToken cancellationToken)
    {
        var written = new DocumentRecord[documents.Count];
        await DynamoTable.ForEachAsync(documents.Index(), async (one, token) =>
        {
            written[one.Index] = RecordOf(scope, (await records.ChangeAsync(scope, one.Item.Id, _ => (one.Item, CaseStatus.Current), change, token))!);
        }, cancellationToken);
        return written;
    }

    /// <inheritdoc/>
    public async Task<DocumentRecord?> RemoveAsync(string scope, string id, KnowledgeChange change, CancellationToken cancellationToken)
        => await records.ChangeAsync(scope, id, known => known is null ? null : (known.Content, CaseStatus.Revoked), change, cancellationToken) is { } removed
            ? RecordOf(scope, removed)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentRecord>> HistoryAsync(string scope, string id, CancellationToken cancellationToken)
        => [.. (await records.HistoryAsync(scope, id, cancellationToken)).Select(one => RecordOf(scope, one))];

    /// <inheritdoc/>
    public async Task<DocumentSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        var all = await records.AllAsync(scope, cancellationToken);
        return new DocumentSnapshot(all.Sum(one => one.Version), [.. all.Select(one => RecordOf(scope, one))]);
    }

    /// <inheritdoc/>
    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => records.SumOfVersionsAsync(scope, cancellationToken);

    private static DocumentRecord RecordOf(string scope, Versioned<KnowledgeDocument> one)
        => new(scope, one.Content, one.Version, one.Status) { Change = one.Change };
}
