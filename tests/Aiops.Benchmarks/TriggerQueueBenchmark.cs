using System.Diagnostics;
using Aiops.Local.Queue;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Data.Sqlite;

namespace Aiops.Benchmarks;

/// <summary>
/// The embedded queue against raw SQLite: same disk, same run, same bodies, synchronous=FULL on both. Raw is one table with
/// one index and prepared statements, which is the least that a visibility timeout needs: no lanes, no fairness.
/// </summary>
/// <remarks>Bound by the disk's flush, so measured plainly over many operations. Rounds of raw and queue alternate, and the
/// best of each is compared: noise from neighbours only ever slows.</remarks>
public static class TriggerQueueBenchmark
{
    private const int Rounds = 5;
    private const int Tens = 10;
    private static readonly byte[] Body = [.. Enumerable.Range(0, 1500).Select(i => (byte)(' ' + (i % 90)))]; // An alarm's size.
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(5);

    public static async Task RunAsync()
    {
        Console.WriteLine($"messages/s, best of {Rounds} alternating rounds; bodies of {Body.Length} bytes, synchronous=FULL");
        Console.WriteLine($"{"depth",8} {"",-28} {"raw",10} {"queue",10} {"queue/raw",10}");
        foreach (var depth in new[] { 0, 1_000, 10_000, 100_000 })
            await MeasureAsync(depth);
    }

    private static async Task MeasureAsync(int depth)
    {
        var folder = Directory.CreateTempSubdirectory("aiops-benchmark-");
        try
        {
            using var raw = new RawQueue(Path.Combine(folder.FullName, "raw.db"));
            await using var database = await SqliteDatabase.OpenAsync(
                Path.Combine(folder.FullName, "aiops.db"), SqliteDatabaseOptions.Default, CancellationToken.None);
            var queue = await SqliteTriggerQueue.OpenAsync(database, new TriggerQueueOptions(), TimeProvider.System, CancellationToken.None);
            for (var filled = 0; filled < depth; filled += 1_000)
            {
                raw.Enqueue(1_000);
                await queue.EnqueueAsync(Events(filled, 1_000), CancellationToken.None);
            }

            await CompareAsync(depth, "enqueue one by one", 500, n => Repeat(n, () => raw.Enqueue(1)),
                n => RepeatAsync(n, i => queue.EnqueueAsync(Events(i, 1), CancellationToken.None)));
            await CompareAsync(depth, "enqueue in tens", 5_000, n => Repeat(n / Tens, () => raw.Enqueue(Tens)),
                n => RepeatAsync(n / Tens, i => queue.EnqueueAsync(Events(i * Tens, Tens), CancellationToken.None)));
            await CompareAsync(depth, "receive + delete in tens", 5_000, n => Repeat(n / Tens, () => raw.Delete(raw.Receive(Tens))),
                n => RepeatAsync(n / Tens, _ => ReceiveAndDeleteAsync(queue)));
            await CompareAsync(depth, "enqueue by 8 at once", 2_000, n => Repeat(n, () => raw.Enqueue(1)),
                n => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
                    () => RepeatAsync(n / 8, i => queue.EnqueueAsync(Events(i, 1), CancellationToken.None))))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(int depth, string what, int messages, Action<int> raw, Func<int, Task> queue)
    {
        var (bestRaw, bestQueue) = (0d, 0d);
        for (var round = 0; round < Rounds; round++)
        {
            bestRaw = Math.Max(bestRaw, await RateAsync(messages, () =>
            {
                raw(messages);
                return Task.CompletedTask;
            }));
            bestQueue = Math.Max(bestQueue, await RateAsync(messages, () => queue(messages)));
        }

        Console.WriteLine($"{depth,8:N0} {what,-28} {bestRaw,10:N0} {bestQueue,10:N0} {bestQueue / bestRaw,10:0.00}");
    }

    private static async Task<double> RateAsync(int messages, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Repeat(int times, Action act)
    {
        for (var i = 0; i < times; i++)
            act();
    }

    private static async Task RepeatAsync(int times, Func<int, Task> act)
    {
        for (var i = 0; i < times; i++)
            await act(i);
    }

    // Both lanes and thirty services, so that turns are really taken.
    private static List<IncomingEvent> Events(int from, int count) => [.. Enumerable.Range(from, count).Select(i =>
        new IncomingEvent(Body) { Format = "sns", Lane = (Lane)(i % 2), Service = $"service-{i % 30}" })];

    private static async Task ReceiveAndDeleteAsync(SqliteTriggerQueue queue)
    {
        var received = await queue.ReceiveAsync(Tens, Visibility, CancellationToken.None);
        await queue.DeleteAsync([.. received.Select(one => one.ReceiptHandle)], CancellationToken.None);
    }

    private sealed class RawQueue : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly SqliteCommand insert;
        private readonly SqliteCommand receive;
        private readonly SqliteCommand delete;
        private readonly SqliteParameter key = new("$id", SqliteType.Integer);
        private readonly SqliteParameter now = new("$now", SqliteType.Integer);

        public RawQueue(string path)
        {
            connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            Command("""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE message (id INTEGER PRIMARY KEY, visible_at INTEGER NOT NULL, body BLOB NOT NULL);
                CREATE INDEX visible ON message (visible_at);
                """).ExecuteNonQuery();
            insert = Command("INSERT INTO message (visible_at, body) VALUES ($now, $body)", now, new SqliteParameter("$body", Body));
            receive = Command("""
                UPDATE message SET visible_at = $now + 300000 WHERE id IN
                    (SELECT id FROM message WHERE visible_at <= $now ORDER BY visible_at LIMIT 10)
                RETURNING id, body
                """, now);
            delete = Command("DELETE FROM message WHERE id = $id", key);
        }

        public void Enqueue(int count) => InTransaction(() =>
        {
            for (var i = 0; i < count; i++)
                insert.ExecuteNonQuery();
        });

        public List<long> Receive(int count)
        {
            var ids = new List<long>(count);
            InTransaction(() =>
            {
                using var reader = receive.ExecuteReader();
                while (reader.Read())
                {
                    ids.Add(reader.GetInt64(0));
                    reader.GetFieldValue<byte[]>(1);
                }
            });
            return ids;
        }

        public void Delete(List<long> ids) => InTransaction(() =>
        {
            foreach (var id in ids)
            {
                key.Value = id;
                delete.ExecuteNonQuery();
            }
        });

        public void Dispose()
        {
            foreach (var command in new[] { insert, receive, delete })
                command.Dispose();
            connection.Dispose();
        }

        private void InTransaction(Action act)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            now.Value = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var command in new[] { insert, receive, delete })
                command.Transaction = transaction;
            act();
            transaction.Commit();
        }

        private SqliteCommand Command(string sql, params SqliteParameter[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddRange(parameters);
            return command;
        }
    }
}
