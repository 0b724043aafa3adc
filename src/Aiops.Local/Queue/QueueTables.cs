using Aiops.Local.Storage;

namespace Aiops.Local.Queue;

internal static class QueueTables
{
    // A message's states. One turns ready when its due_at has passed and the next receive notices; due_at then stays, and
    // so says since when it has been visible.
    public const int Ready = 0;
    public const int Leased = 1;
    public const int Delayed = 2;

    // Bodies stand apart: leasing rewrites a message's row, and that must not rewrite up to 1 MiB with it. A dead letter
    // keeps its id, and its body stays where it is.
    public static SqliteSchema Schema { get; } = new("queue", """
        CREATE TABLE queue_message (
            id INTEGER PRIMARY KEY,
            lane INTEGER NOT NULL, -- 0 urgent, 1 routine
            service TEXT NOT NULL,
            format TEXT NOT NULL,
            enqueued_at INTEGER NOT NULL,
            state INTEGER NOT NULL, -- 0 ready, 1 leased, 2 delayed
            due_at INTEGER NOT NULL,
            lease INTEGER NOT NULL, -- Deliveries over the whole life.
            receive_count INTEGER NOT NULL, -- Deliveries since the last redrive.
            redrives INTEGER NOT NULL,
            redriven_from TEXT);
        CREATE INDEX queue_message_ready ON queue_message (lane, service, id) WHERE state = 0;
        CREATE INDEX queue_message_routine ON queue_message (due_at) WHERE state = 0 AND lane = 1;
        CREATE INDEX queue_message_due ON queue_message (due_at) WHERE state > 0;

        CREATE TABLE queue_body (id INTEGER PRIMARY KEY, body BLOB NOT NULL);

        CREATE TABLE queue_dead_letter (
            id INTEGER PRIMARY KEY,
            lane INTEGER NOT NULL,
            service TEXT NOT NULL,
            format TEXT NOT NULL,
            enqueued_at INTEGER NOT NULL,
            dead_since INTEGER NOT NULL,
            reason TEXT NOT NULL,
            lease INTEGER NOT NULL,
            receive_count INTEGER NOT NULL,
            redrives INTEGER NOT NULL);

        CREATE TABLE queue_turn ( -- One row: the next id, and whose turn it is.
            next_id INTEGER NOT NULL, -- Ids are never used twice, or an old receipt could fit a new message.
            urgent_in_a_row INTEGER NOT NULL,
            last_urgent TEXT NOT NULL,
            last_routine TEXT NOT NULL);
        INSERT INTO queue_turn VALUES (1, 0, '', '');
        """);
}
