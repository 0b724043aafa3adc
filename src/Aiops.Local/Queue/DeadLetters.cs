using System.Globalization;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Queue;

/// <summary>The messages that were set aside: each a row of its own, its body where it was.</summary>
internal static class DeadLetters
{
    private const int LongestReason = 2000; // Characters: a reason is a sentence, not a copy of the event.

    private const string Matching = """
        FROM queue_dead_letter AS letter WHERE id > ?1
            AND (?2 IS NULL OR id = ?2)
            AND (?3 IS NULL OR instr(lower(reason), lower(?3)) > 0)
            AND (?4 IS NULL OR service = ?4)
            AND (?5 IS NULL OR lane = ?5)
        ORDER BY id LIMIT ?6
        """;

    public static void Add(SqliteSession session, long id, string reason, long now)
    {
        session.Execute("""
            INSERT INTO queue_dead_letter
            SELECT id, lane, service, format, enqueued_at, ?2, ?3, lease, receive_count, redrives FROM queue_message WHERE id = ?1
            """, id, now, reason.Length > LongestReason ? reason[..LongestReason] : reason);
        session.Execute("DELETE FROM queue_message WHERE id = ?1", id);
    }

    public static List<DeadLetter> List(SqliteSession session, DeadLetterFilter filter) => session.Query(
        $"""
        SELECT id, (SELECT body FROM queue_body WHERE queue_body.id = letter.id),
            format, lane, service, enqueued_at, dead_since, reason, receive_count, redrives {Matching}
        """, Read, Narrow(filter, after: 0, filter.Max));

    /// <summary>The ids of the next of them, behind <paramref name="after"/>.</summary>
    public static List<long> Ids(SqliteSession session, DeadLetterFilter filter, long after, int max)
        => session.Query($"SELECT id {Matching}", row => row.GetInt64(0), Narrow(filter, after, max));

    public static void Redrive(SqliteSession session, long id, long now)
    {
        session.Execute("""
            INSERT INTO queue_message
            SELECT id, lane, service, format, enqueued_at, 0, ?2, lease, 0, redrives + 1, reason FROM queue_dead_letter WHERE id = ?1
            """, id, now);
        session.Execute("DELETE FROM queue_dead_letter WHERE id = ?1", id);
    }

    public static void Purge(SqliteSession session, long id)
    {
        session.Execute("DELETE FROM queue_dead_letter WHERE id = ?1", id);
        session.Execute("DELETE FROM queue_body WHERE id = ?1", id);
    }

    private static object?[] Narrow(DeadLetterFilter filter, long after, int max) =>
    [
        after,
        // An id of another shape is nobody's.
        filter.MessageId is null ? null : long.TryParse(filter.MessageId, NumberStyles.None, null, out var id) ? id : -1L,
        filter.ReasonContains,
        filter.Service,
        (int?)filter.Lane,
        max,
    ];

    private static DeadLetter Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<byte[]>(1),
        row.GetString(2),
        (Lane)row.GetInt32(3),
        row.GetString(4),
        row.GetInstant(5),
        row.GetInstant(6),
        row.GetString(7),
        row.GetInt32(8),
        row.GetInt32(9));
}
