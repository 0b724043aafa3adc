using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline.Act;

namespace Aiops.Local.Act;

/// <summary>Requests and their log in the shared database: each change one transaction with its line.</summary>
public sealed class SqliteActionStore(SqliteDatabase database) : IActionStore
{
    public static SqliteSchema Schema { get; } = new("action", """
        CREATE TABLE action_request (
            id TEXT PRIMARY KEY,
            incident_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            active INTEGER NOT NULL,
            proposed_at INTEGER NOT NULL,
            content TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX action_request_of_incident ON action_request (incident_id, active);
        CREATE TABLE action_log (
            sequence INTEGER PRIMARY KEY,
            content TEXT NOT NULL
        );
        CREATE TRIGGER action_log_is_never_changed BEFORE UPDATE ON action_log BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
        CREATE TRIGGER action_log_is_never_cut BEFORE DELETE ON action_log BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
        """);

    public Task<ActionRequest?> FindAsync(string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.First("SELECT content FROM action_request WHERE id = ?1", row => RequestOf(row.GetString(0)), id), cancellationToken);

    public Task<IReadOnlyList<ActionRequest>> ListAsync(string? incidentId, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<ActionRequest>>(
            session => session.Query(
                "SELECT content FROM action_request WHERE ?1 IS NULL OR incident_id = ?1 ORDER BY proposed_at DESC, id", row => RequestOf(row.GetString(0)), incidentId),
            cancellationToken);

    public Task<ActionSave> SaveAsync(ActionRequest next, ActionLine line, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        if (session.Scalar<long>("SELECT version FROM action_request WHERE id = ?1", next.Id) != next.Version - 1)
        {
            return ActionSave.Stale;
        }

        if (next.IsActive && session.Scalar<long>("SELECT count(*) FROM action_request WHERE incident_id = ?1 AND active AND id <> ?2", next.IncidentId, next.Id) > 0)
        {
            return ActionSave.Busy;
        }

        session.Execute(
            "INSERT INTO action_request VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET version = ?3, active = ?4, content = ?6",
            next.Id, next.IncidentId, next.Version, next.IsActive, next.ProposedAt.ToColumn(), JsonSerializer.Serialize(next, ActJson.Default.ActionRequest));
        var last = session.First("SELECT content FROM action_log ORDER BY sequence DESC LIMIT 1", row => EntryOf(row.GetString(0)));
        var entry = ActionLog.Next(last, next, line);
        session.Execute("INSERT INTO action_log VALUES (?1, ?2)", entry.Sequence, JsonSerializer.Serialize(entry, ActJson.Default.ActionLogEntry));
        return ActionSave.Done;
    }, cancellationToken);

    public Task<IReadOnlyList<ActionLogEntry>> LogAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<ActionLogEntry>>(
            session => session.Query("SELECT content FROM action_log ORDER BY sequence", row => EntryOf(row.GetString(0))), cancellationToken);

    private static ActionRequest RequestOf(string json) => JsonSerializer.Deserialize(json, ActJson.Default.ActionRequest)!;

    private static ActionLogEntry EntryOf(string json) => JsonSerializer.Deserialize(json, ActJson.Default.ActionLogEntry)!;
}
