using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Local.Queue;

/// <summary>Counts the queue. It reads every message's row (not its body): some 25 ms at 100,000.</summary>
internal static class Status
{
    public static QueueStatus Read(SqliteSession session, long now)
    {
        // What is due counts as visible, though no receive has noticed yet.
        var rows = session.Query("""
            SELECT lane, CASE WHEN state = 0 OR due_at <= ?1 THEN 0 ELSE state END AS seen, count(*), min(enqueued_at)
            FROM queue_message GROUP BY lane, seen
            """, row => new Count((Lane)row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3)), now);
        var reasons = session.Query("SELECT reason, count(*) FROM queue_dead_letter GROUP BY reason ORDER BY count(*) DESC, reason",
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)));
        return new QueueStatus(Of(Lane.Urgent, rows, now), Of(Lane.Routine, rows, now), new Dictionary<string, int>(reasons));
    }

    private static LaneStatus Of(Lane lane, List<Count> rows, long now)
    {
        var mine = rows.FindAll(row => row.Lane == lane);
        return new LaneStatus(
            In(QueueTables.Ready),
            In(QueueTables.Leased),
            In(QueueTables.Delayed),
            mine.Count == 0 ? null : TimeSpan.FromMilliseconds(Math.Max(0, now - mine.Min(row => row.Oldest))));

        int In(int state) => mine.Find(row => row.State == state)?.Messages ?? 0;
    }

    private sealed record Count(Lane Lane, int State, int Messages, long Oldest);
}
