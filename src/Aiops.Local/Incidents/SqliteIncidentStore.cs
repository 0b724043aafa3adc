using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Incidents;

/// <summary>Incidents in the shared database: each commit is one transaction, and several processes may write.</summary>
public sealed class SqliteIncidentStore : IIncidentStore, IIncidents
{
    private readonly SqliteDatabase database;
    private readonly HeadCache heads = new();

    private SqliteIncidentStore(SqliteDatabase database) => this.database = database;

    /// <summary>Brings its tables up to date first.</summary>
    public static async Task<SqliteIncidentStore> OpenAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        await database.EnsureSchemaAsync(IncidentTables.Schema, cancellationToken);
        return new SqliteIncidentStore(database);
    }

    /// <inheritdoc/>
    public Task<ScopeSnapshot> LoadAsync(string scope, SnapshotRequest request, CancellationToken cancellationToken)
        => database.ReadAsync(session => ScopeRows.Load(session, heads, scope, request), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> CommitAsync(
        string scope, long expectedVersion, ScopeChanges changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = ScopeRows.Prepare(changes); // The JSON is written before the file is locked.
        var committed = await database.WriteAsync(
            session => ScopeRows.Commit(session, scope, expectedVersion, rows, now), cancellationToken);
        if (committed)
        {
            heads.Put(scope, expectedVersion + 1, changes.Head);
        }

        return committed;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Incident>> ListNotStartedAsync(string? scope, int max, CancellationToken cancellationToken)
        => ListAsync("""
            SELECT opened, state, execution_started FROM incident INDEXED BY incident_not_started
            WHERE execution_started = 0 AND (?1 IS NULL OR scope = ?1) ORDER BY opened_at, id LIMIT ?2
            """, [scope, max], cancellationToken);

    /// <inheritdoc/>
    public Task MarkExecutionStartedAsync(string incidentId, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Execute("UPDATE incident SET execution_started = 1 WHERE id = ?1", incidentId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueWork>> ListDueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<DueWork>>(session =>
        {
            var subjects = session.Query(
                "SELECT scope, subject FROM incident_subject INDEXED BY incident_subject_due WHERE due_at <= ?1 ORDER BY due_at, subject LIMIT ?2",
                row => (Scope: row.GetString(0), Subject: row.GetString(1)), now.ToColumn(), max);
            var quiet = session.Query(
                "SELECT scope, id FROM incident INDEXED BY incident_close_due WHERE close_due_at <= ?1 ORDER BY close_due_at LIMIT ?2",
                row => (Scope: row.GetString(0), Id: row.GetString(1)), now.ToColumn(), max);
            return [.. subjects.Select(s => s.Scope).Concat(quiet.Select(i => i.Scope)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(scope => new DueWork(
                    scope,
                    [.. subjects.Where(s => s.Scope == scope).Select(s => s.Subject)],
                    [.. quiet.Where(i => i.Scope == scope).Select(i => i.Id)]))];
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Query("""
            SELECT min(due_at) FROM (SELECT min(due_at) AS due_at FROM incident_subject WHERE due_at IS NOT NULL
                UNION ALL SELECT min(close_due_at) FROM incident WHERE close_due_at IS NOT NULL)
            """, row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetInstant(0))[0], cancellationToken);

    /// <inheritdoc/>
    public async Task<Incident?> FindAsync(string incidentId, CancellationToken cancellationToken)
        => (await ListAsync("SELECT opened, state, execution_started FROM incident WHERE id = ?1", [incidentId], cancellationToken)) is [var incident] ? incident : null;

    /// <inheritdoc/>
    public async Task<Incident> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no incident {id}.");

    /// <inheritdoc/>
    public Task<IReadOnlyList<Incident>> ListAsync(IncidentStatus? status, int max, CancellationToken cancellationToken)
        => ListAsync("""
            SELECT opened, state, execution_started FROM incident
            WHERE ?1 IS NULL OR status = ?1 ORDER BY opened_at DESC, id DESC LIMIT ?2
            """, [(int?)status, max], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentMember>> ListMembersAsync(string incidentId, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<IncidentMember>>(session => session.Query(
            "SELECT subject, firing, trigger FROM incident_member WHERE incident_id = ?1 ORDER BY occurred_at, subject",
            row => new IncidentMember(incidentId, row.GetString(0), Json(row, 2, IntakeJson.Default.Trigger), row.GetBoolean(1)),
            incidentId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken)
        => [.. (await ListMembersAsync(id, cancellationToken)).Select(member => member.Trigger)];

    /// <inheritdoc/>
    public Task<IReadOnlyList<TriggerDecision>> ListDecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken)
    {
        List<string> terms = [];
        List<object?> values = [];
        Add("incident_id =", filter.IncidentId);
        Add("subject =", filter.Subject);
        Add("source_id =", filter.SourceId);
        Add("id =", filter.DecisionId);
        Add("outcome =", (int?)filter.Outcome);
        Add("occurred_at >=", filter.From?.ToColumn());
        Add("occurred_at <", filter.To?.ToColumn());
        values.Add(filter.Max);
        var sql = $"SELECT deliveries, decision FROM incident_decision {(terms.Count > 0 ? "WHERE " : "")}{string.Join(" AND ", terms)} "
            + $"ORDER BY seq LIMIT ?{values.Count}";
        return database.ReadAsync<IReadOnlyList<TriggerDecision>>(
            session => session.Query(sql, row => Json(row, 1, IntakeJson.Default.TriggerDecision) with { Deliveries = row.GetInt32(0) }, [.. values]),
            cancellationToken);

        void Add(string term, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                terms.Add($"{term} ?{values.Count}");
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingSignal>> ListPendingAsync(int max, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<PendingSignal>>(session => session.Query(
            "SELECT id, pending, pending_reason, pending_revision FROM incident INDEXED BY incident_pending WHERE pending > 0 ORDER BY opened_at, id LIMIT ?1",
            row => new PendingSignal(row.GetString(0), (PendingSignals)row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3)),
            max), cancellationToken);

    /// <inheritdoc/>
    public Task ClearPendingAsync(PendingSignal delivered, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Execute(
            "UPDATE incident SET pending = 0, pending_reason = NULL WHERE id = ?1 AND pending_revision = ?2",
            delivered.IncidentId, delivered.Revision), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset now, DateTimeOffset recordsBefore, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
            session.Execute("DELETE FROM incident_key WHERE noted_at < ?1", (now - TriggerKeys.Lifetime).ToColumn())
            + session.Execute("DELETE FROM incident_decision WHERE decided_at < ?1", recordsBefore.ToColumn())
            + session.Execute("DELETE FROM incident_subject WHERE idle_since < ?1", recordsBefore.ToColumn()), cancellationToken);

    private Task<IReadOnlyList<Incident>> ListAsync(string sql, object?[] values, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<Incident>>(session => session.Query(sql, Read, values), cancellationToken);

    private static Incident Read(SqliteDataReader row)
        => Json(row, 1, IntakeJson.Default.IncidentState).ApplyTo(Json(row, 0, IntakeJson.Default.Incident)) with { ExecutionStarted = row.GetBoolean(2) };

    private static T Json<T>(SqliteDataReader row, int ordinal, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        => JsonSerializer.Deserialize(row.GetString(ordinal), type)!;
}
