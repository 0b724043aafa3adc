using System.Globalization;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Tickets;

/// <summary>Tickets in the shared database: one a key, one comment of ours in each, every version of it kept.</summary>
/// <remarks>The keys are unique in the file itself, so that two writers, or one that died and came back, make one.</remarks>
public sealed class SqliteTicketSystem(SqliteDatabase database, TimeProvider time) : IBuiltInTickets
{
    private const string Columns = "SELECT t.number, t.key, t.title, t.severity, t.state, t.opened_at, t.description, c.markdown, c.version FROM tickets t LEFT JOIN ticket_comments c ON c.number = t.number AND c.version = t.comment_version";

    public static SqliteSchema Schema { get; } = new("tickets", """
        CREATE TABLE tickets (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            description TEXT NOT NULL,
            severity TEXT NOT NULL,
            state TEXT NOT NULL,
            opened_at INTEGER NOT NULL,
            comment_version INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE ticket_comments (
            number INTEGER NOT NULL REFERENCES tickets (number),
            version INTEGER NOT NULL,
            markdown TEXT NOT NULL,
            written_at INTEGER NOT NULL,
            PRIMARY KEY (number, version)
        ) WITHOUT ROWID;
        """);

    public string Name => "local tickets";

    public Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            session.Execute(
                """
                INSERT INTO tickets (key, title, description, severity, state, opened_at) VALUES (?1, ?2, ?3, ?4, 'open', ?5)
                ON CONFLICT (key) DO UPDATE SET title = ?2, description = ?3, severity = ?4
                """,
                key, content.Title, content.Description, content.Severity.ToString(), time.GetUtcNow().ToColumn());
            return Reference(session.Scalar<long>("SELECT number FROM tickets WHERE key = ?1", key));
        }, cancellationToken);

    /// <exception cref="KeyNotFoundException">No ticket bears the key.</exception>
    public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            var ticket = session.First(Columns + " WHERE t.key = ?1", Read, key) ?? throw new KeyNotFoundException($"No ticket is open for {key}.");
            if (ticket.Comment != markdown) // Saying the same again is what a retry does: no new version.
            {
                session.Execute(
                    """
                    INSERT INTO ticket_comments (number, version, markdown, written_at)
                    SELECT number, comment_version + 1, ?2, ?3 FROM tickets WHERE key = ?1
                    """,
                    key, markdown, time.GetUtcNow().ToColumn());
                session.Execute("UPDATE tickets SET comment_version = comment_version + 1 WHERE key = ?1", key);
            }

            var version = session.Scalar<long>("SELECT comment_version FROM tickets WHERE key = ?1", key);
            return new CommentReference($"{ticket.Id}/comment", (int)version);
        }, cancellationToken);

    public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken)
        => database.WriteAsync(
            session => session.Execute("UPDATE tickets SET state = ?2 WHERE key = ?1", key, state.ToString().ToLowerInvariant()), cancellationToken);

    // What is earlier, and the report, stand in the comment itself; a row here would add nothing.
    public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<StoredTicket?> GetAsync(string key, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.First(Columns + " WHERE t.key = ?1", Read, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTicket>> ListAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<StoredTicket>>(session => session.Query(Columns + " ORDER BY t.number", Read), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommentVersion>> HistoryAsync(string key, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<CommentVersion>>(
            session => session.Query(
                "SELECT c.version, c.written_at, c.markdown FROM ticket_comments c JOIN tickets t ON t.number = c.number WHERE t.key = ?1 ORDER BY c.version",
                row => new CommentVersion((int)row.GetInt64(0), row.GetInstant(1), row.GetString(2)),
                key),
            cancellationToken);

    private static StoredTicket Read(SqliteDataReader row) => new(
        Reference(row.GetInt64(0)).Id,
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<Severity>(row.GetString(3)),
        row.GetString(4),
        row.GetInstant(5),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? 0 : (int)row.GetInt64(8));

    private static TicketReference Reference(long number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"T-{number}");
        return new TicketReference(id, $"aiops:tickets/{id}");
    }
}
