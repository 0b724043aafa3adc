using System.Globalization;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Local.Queue;

/// <summary>The trigger queue on one machine: durable, in the shared database file, for any number of processes.</summary>
/// <remarks>Leases and delays run by the wall clock, which all processes share: setting it back prolongs them by as much.</remarks>
public sealed class SqliteTriggerQueue : ITriggerQueue
{
    private const int ChunkSize = 256; // Messages moved in one transaction, so that none holds the file for long.

    private readonly SqliteDatabase database;
    private readonly TriggerQueueOptions options;
    private readonly TimeProvider clock;
    private volatile bool quiet; // The last receive found nothing: idle polls then look before they lock the file.

    private SqliteTriggerQueue(SqliteDatabase database, TriggerQueueOptions options, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxReceives, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AgedShare, 1, nameof(options));
        (this.database, this.options, this.clock) = (database, options, clock);
    }

    public static async Task<SqliteTriggerQueue> OpenAsync(
        SqliteDatabase database, TriggerQueueOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var queue = new SqliteTriggerQueue(database, options, clock);
        await database.EnsureSchemaAsync(QueueTables.Schema, cancellationToken);
        return queue;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
        => database.WriteAsync<IReadOnlyList<string>>(session =>
        {
            var now = Now();
            var first = session.Scalar<long>("UPDATE queue_turn SET next_id = next_id + ?1 RETURNING next_id - ?1", batch.Count);
            var ids = new string[batch.Count];
            for (var i = 0; i < ids.Length; i++)
            {
                Insert(session, first + i, batch[i], now);
                ids[i] = (first + i).ToString(CultureInfo.InvariantCulture);
            }

            return ids;
        }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibilityTimeout, TimeSpan.FromMilliseconds(1));
        if (quiet && !await database.ReadAsync(session => AnythingVisible(session, Now()), cancellationToken))
            return [];
        var received = await database.WriteAsync<IReadOnlyList<QueuedEvent>>(session =>
        {
            var now = Now();
            while (true)
            {
                var moved = BringDue(session, now);
                var taken = new Turn(session, options, now).Take(max, now + Milliseconds(visibilityTimeout));
                if (taken.Count > 0 || moved < ChunkSize)
                    return taken;
            }
        }, cancellationToken);
        quiet = received.Count == 0;
        return received;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken)
    {
        var receipts = receiptHandles.Select(Receipt.Parse).ToList();
        return database.WriteAsync(session =>
        {
            foreach (var (id, lease) in receipts)
            {
                if (session.Execute("DELETE FROM queue_message WHERE id = ?1 AND lease = ?2", id, lease) == 1)
                    session.Execute("DELETE FROM queue_body WHERE id = ?1", id);
            }
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromNow, TimeSpan.Zero);
        var receipt = Receipt.Parse(receiptHandle);
        return database.WriteAsync(session => session.Execute(
            "UPDATE queue_message SET state = 1, due_at = ?3 WHERE id = ?1 AND lease = ?2",
            receipt.Id, receipt.Lease, Now() + Milliseconds(fromNow)) == 1, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken)
    {
        var receipt = Receipt.Parse(receiptHandle);
        return database.WriteAsync(session =>
        {
            var held = session.Scalar<long>("SELECT EXISTS (SELECT 1 FROM queue_message WHERE id = ?1 AND lease = ?2)",
                receipt.Id, receipt.Lease) == 1;
            if (held)
                DeadLetters.Add(session, receipt.Id, reason, Now());
            return held;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<QueueStatus> StatusAsync(CancellationToken cancellationToken)
        => database.ReadAsync(session => Status.Read(session, Now()), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<DeadLetter>>(session => DeadLetters.List(session, filter), cancellationToken);

    /// <inheritdoc/>
    public Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
        => ForEachDeadLetterAsync(filter, (session, id) => DeadLetters.Redrive(session, id, Now()), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
        => ForEachDeadLetterAsync(filter, DeadLetters.Purge, cancellationToken);

    private static void Insert(SqliteSession session, long id, IncomingEvent incoming, long now)
    {
        var delay = Milliseconds(incoming.Delay);
        session.Execute("INSERT INTO queue_message VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, NULL)",
            id, (int)incoming.Lane, incoming.Service, incoming.Format, now,
            delay > 0 ? QueueTables.Delayed : QueueTables.Ready, now + delay);
        session.Execute("INSERT INTO queue_body VALUES (?1, ?2)", id, incoming.Body);
    }

    private static bool AnythingVisible(SqliteSession session, long now) => session.Scalar<long>("""
        SELECT EXISTS (SELECT 1 FROM queue_message INDEXED BY queue_message_ready WHERE state = 0)
            OR EXISTS (SELECT 1 FROM queue_message INDEXED BY queue_message_due WHERE state > 0 AND due_at <= ?1)
        """, now) == 1;

    /// <summary>Turns messages ready whose lease or delay has ended; those received too often become dead letters instead.</summary>
    private int BringDue(SqliteSession session, long now)
    {
        var due = session.Query("""
            SELECT id, receive_count FROM queue_message INDEXED BY queue_message_due
            WHERE state > 0 AND due_at <= ?1 ORDER BY due_at LIMIT ?2
            """, row => (Id: row.GetInt64(0), Receives: row.GetInt32(1)), now, ChunkSize);
        foreach (var (id, receives) in due)
        {
            if (receives < options.MaxReceives)
                session.Execute("UPDATE queue_message SET state = 0 WHERE id = ?1", id);
            else
                DeadLetters.Add(session, id, $"received {receives} times without success", now);
        }

        return due.Count;
    }

    // Ids go upwards, so a letter that dies again in the meantime isn't met twice.
    private async Task<int> ForEachDeadLetterAsync(
        DeadLetterFilter filter, Action<SqliteSession, long> act, CancellationToken cancellationToken)
    {
        var (count, last) = (0, 0L);
        while (true)
        {
            var size = Math.Min(ChunkSize, filter.Max - count);
            var ids = await database.WriteAsync(session =>
            {
                var chunk = DeadLetters.Ids(session, filter, last, size);
                chunk.ForEach(id => act(session, id));
                return chunk;
            }, cancellationToken);
            count += ids.Count;
            if (ids.Count < size || count == filter.Max)
                return count;
            last = ids[^1];
        }
    }

    private long Now() => clock.GetUtcNow().ToColumn();

    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);
}
