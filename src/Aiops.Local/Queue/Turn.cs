using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Queue;

/// <summary>
/// Whose message is handed out next. Urgent before routine, but one in <see cref="TriggerQueueOptions.AgedShare"/> is routine
/// while an aged routine message waits; within a lane the service whose name follows the last one served, oldest message first.
/// </summary>
/// <remarks>Each step is a seek in an index, so a message costs the same whatever waits. The turn is kept in the file: it
/// goes on after a restart, and between processes.</remarks>
internal sealed class Turn(SqliteSession session, TriggerQueueOptions options, long now)
{
    // The indexes are named, for the planner knows no figures and once chose to read the whole lane.
    private const string OldestRoutine = """
        SELECT due_at FROM queue_message INDEXED BY queue_message_routine
        WHERE state = 0 AND lane = 1 ORDER BY due_at LIMIT 1
        """;

    // The name order goes round: behind the last name comes the first again.
    private const string Lease = """
        UPDATE queue_message SET state = 1, due_at = ?3, lease = lease + 1, receive_count = receive_count + 1
        WHERE id = coalesce(
            (SELECT id FROM queue_message INDEXED BY queue_message_ready
                WHERE state = 0 AND lane = ?1 AND service > ?2 ORDER BY service, id LIMIT 1),
            (SELECT id FROM queue_message INDEXED BY queue_message_ready
                WHERE state = 0 AND lane = ?1 ORDER BY service, id LIMIT 1))
        RETURNING id, lease, (SELECT body FROM queue_body WHERE queue_body.id = queue_message.id),
            format, lane, service, enqueued_at, receive_count, redrives, redriven_from
        """;

    private int urgentInARow;
    private string lastUrgent = "";
    private string lastRoutine = "";

    public List<QueuedEvent> Take(int max, long leasedUntil)
    {
        Load();
        var taken = new List<QueuedEvent>(Math.Min(max, 64));
        while (taken.Count < max && Next(leasedUntil) is { } next)
            taken.Add(next);
        if (taken.Count > 0)
            Save();
        return taken;
    }

    private QueuedEvent? Next(long leasedUntil) => AgedRoutineIsDue()
        ? TakeFrom(Lane.Routine, leasedUntil)
        : TakeFrom(Lane.Urgent, leasedUntil) ?? TakeFrom(Lane.Routine, leasedUntil);

    private bool AgedRoutineIsDue() => urgentInARow >= options.AgedShare - 1
        && session.Scalar<long?>(OldestRoutine) <= now - (long)options.AgeingBound.TotalMilliseconds;

    private QueuedEvent? TakeFrom(Lane lane, long leasedUntil)
    {
        var last = lane == Lane.Urgent ? lastUrgent : lastRoutine;
        var rows = session.Query(Lease, Read, (int)lane, last, leasedUntil);
        if (rows.Count == 0)
            return null;
        if (lane == Lane.Urgent)
            (lastUrgent, urgentInARow) = (rows[0].Service, Math.Min(urgentInARow + 1, options.AgedShare));
        else
            (lastRoutine, urgentInARow) = (rows[0].Service, 0);
        return rows[0];
    }

    private void Load() => session.Query("SELECT urgent_in_a_row, last_urgent, last_routine FROM queue_turn", row =>
    {
        (urgentInARow, lastUrgent, lastRoutine) = (row.GetInt32(0), row.GetString(1), row.GetString(2));
        return true;
    });

    private void Save() => session.Execute("UPDATE queue_turn SET urgent_in_a_row = ?1, last_urgent = ?2, last_routine = ?3",
        urgentInARow, lastUrgent, lastRoutine);

    private static QueuedEvent Read(SqliteDataReader row) => new(
        row.GetString(0),
        new Receipt(row.GetInt64(0), row.GetInt64(1)).ToString(),
        row.GetFieldValue<byte[]>(2),
        row.GetString(3),
        (Lane)row.GetInt32(4),
        row.GetString(5),
        row.GetInstant(6),
        row.GetInt32(7),
        row.GetInt32(8),
        row.IsDBNull(9) ? null : row.GetString(9));
}
