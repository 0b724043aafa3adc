using System.Globalization;
using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline.Comment;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Tickets;

/// <summary>What we know of tickets in foreign systems, in the shared database; each method one transaction.</summary>
/// <remarks>Each lease of a row bears the next number, so that an earlier holder is told from a later one.</remarks>
public sealed class SqliteTicketLedger(SqliteDatabase database, TimeProvider time) : ITicketLedger
{
    public static SqliteSchema Schema { get; } = new("ticket_ledger", """
        CREATE TABLE ticket_ledger (
            system TEXT NOT NULL,
            key TEXT NOT NULL,
            entry TEXT,
            saved_at INTEGER NOT NULL DEFAULT 0,
            lease INTEGER NOT NULL DEFAULT 0,
            lease_ends INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (system, key)
        ) WITHOUT ROWID;
        CREATE INDEX ticket_ledger_saved ON ticket_ledger (system, saved_at) WHERE entry IS NOT NULL;
        """);

    /// <inheritdoc/>
    public Task<TicketLease?> TakeAsync(string system, string key, TimeSpan lasting, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            var taken = session.Execute(
                """
                INSERT INTO ticket_ledger (system, key, lease, lease_ends) VALUES (?1, ?2, 1, ?4)
                ON CONFLICT DO UPDATE SET lease = lease + 1, lease_ends = ?4 WHERE lease_ends <= ?3
                """,
                system, key, now.ToColumn(), (now + lasting).ToColumn());
            if (taken == 0)
            {
                return null;
            }

            var number = session.Scalar<long>("SELECT lease FROM ticket_ledger WHERE system = ?1 AND key = ?2", system, key);
            return new TicketLease(Entry(session, system, key) ?? new TicketEntry(system, key), number.ToString(CultureInfo.InvariantCulture), now + lasting);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> SaveAsync(TicketLease lease, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            var entry = lease.Entry with { SavedAt = time.GetUtcNow() };
            return session.Execute(
                "UPDATE ticket_ledger SET entry = ?4, saved_at = ?5 WHERE system = ?1 AND key = ?2 AND lease = ?3 AND lease_ends > 0",
                entry.System, entry.Key, Number(lease), JsonSerializer.Serialize(entry, TicketLedgerJson.Default.TicketEntry), entry.SavedAt.ToColumn()) == 1;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(TicketLease lease, CancellationToken cancellationToken)
        => database.WriteAsync(
            session => session.Execute(
                "UPDATE ticket_ledger SET lease_ends = 0 WHERE system = ?1 AND key = ?2 AND lease = ?3", lease.Entry.System, lease.Entry.Key, Number(lease)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<TicketEntry?> FindAsync(string system, string key, CancellationToken cancellationToken)
        => database.ReadAsync(session => Entry(session, system, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketEntry>> ListAsync(string system, int most, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<TicketEntry>>(
            session => session.Query(
                "SELECT entry FROM ticket_ledger WHERE system = ?1 AND entry IS NOT NULL ORDER BY saved_at DESC, key LIMIT ?2", Read, system, (long)most),
            cancellationToken);

    private static TicketEntry? Entry(SqliteSession session, string system, string key)
        => session.First("SELECT entry FROM ticket_ledger WHERE system = ?1 AND key = ?2 AND entry IS NOT NULL", Read, system, key);

    private static TicketEntry Read(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), TicketLedgerJson.Default.TicketEntry)!;

    private static long Number(TicketLease lease) => long.Parse(lease.Token, CultureInfo.InvariantCulture);
}
