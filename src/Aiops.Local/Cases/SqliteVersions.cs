using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Local.Storage;
using Aiops.Pipeline.Learn;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Cases;

/// <summary>Versioned records in the shared database: each as it stands in one table, what it said before in another.</summary>
/// <param name="kind">What is kept: <c>case</c>, <c>document</c>.</param>
internal sealed class SqliteVersions<T>(SqliteDatabase database, string kind, JsonTypeInfo<T> type)
{
    private const string Columns = "id, version, status, change, content";

    /// <summary>Changes several records in one transaction; what each came to, in the order given, null where the edit wanted nothing.</summary>
    public Task<List<Versioned<T>?>> ChangeAsync(
        string scope, IReadOnlyList<(string Id, VersionedEdit<T> Edit)> edits, KnowledgeChange change, CancellationToken cancellationToken)
        => database.WriteAsync(session => edits.Select(one => Change(session, scope, one.Id, one.Edit, change)).ToList(), cancellationToken);

    public Task<Versioned<T>?> FindAsync(string scope, string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => Find(session, scope, id), cancellationToken);

    public Task<List<Versioned<T>>> HistoryAsync(string scope, string id, CancellationToken cancellationToken)
        => database.ReadAsync(
            session =>
            {
                var all = session.Query(
                    $"SELECT {Columns} FROM knowledge_earlier WHERE scope = ?1 AND kind = ?2 AND id = ?3 ORDER BY version", Read, scope, kind, id);
                if (Find(session, scope, id) is { } now)
                {
                    all.Add(now);
                }

                return all;
            },
            cancellationToken);

    public Task<(long Version, List<Versioned<T>> Records)> SnapshotAsync(string scope, CancellationToken cancellationToken)
        => database.ReadAsync(
            session => (Version(session, scope), session.Query($"SELECT {Columns} FROM knowledge WHERE scope = ?1 AND kind = ?2 ORDER BY id", Read, scope, kind)),
            cancellationToken);

    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken)
        => database.ReadAsync(session => Version(session, scope), cancellationToken);

    private Versioned<T>? Change(SqliteSession session, string scope, string id, VersionedEdit<T> edit, KnowledgeChange change)
    {
        var known = Find(session, scope, id);
        if (edit(known) is not { } wanted)
        {
            return null;
        }

        if (Versions.After(known, id, wanted.Content, wanted.Status, change, Same) is not { } next)
        {
            return known;
        }

        if (known is not null)
        {
            session.Execute(
                $"INSERT INTO knowledge_earlier (scope, kind, {Columns}) SELECT scope, kind, id, version, ?4, change, content FROM knowledge WHERE scope = ?1 AND kind = ?2 AND id = ?3",
                scope, kind, id, nameof(CaseStatus.Superseded));
        }

        session.Execute(
            $"INSERT INTO knowledge (scope, kind, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET version = ?4, status = ?5, change = ?6, content = ?7",
            scope, kind, id, next.Version, next.Status.ToString(), JsonSerializer.Serialize(change, CaseJson.Default.KnowledgeChange),
            JsonSerializer.Serialize(next.Content, type));
        session.Execute(
            "INSERT INTO knowledge_scope (scope, kind, version) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET version = version + 1", scope, kind);
        return next;
    }

    private bool Same(T one, T other) => JsonSerializer.Serialize(one, type) == JsonSerializer.Serialize(other, type);

    private Versioned<T>? Find(SqliteSession session, string scope, string id)
        => session.First($"SELECT {Columns} FROM knowledge WHERE scope = ?1 AND kind = ?2 AND id = ?3", Read, scope, kind, id);

    private long Version(SqliteSession session, string scope)
        => session.Scalar<long>("SELECT version FROM knowledge_scope WHERE scope = ?1 AND kind = ?2", scope, kind);

    private Versioned<T> Read(SqliteDataReader row) => new(
        row.GetString(0),
        JsonSerializer.Deserialize(row.GetString(4), type)!,
        row.GetInt64(1),
        Enum.Parse<CaseStatus>(row.GetString(2)),
        JsonSerializer.Deserialize(row.GetString(3), CaseJson.Default.KnowledgeChange));
}
