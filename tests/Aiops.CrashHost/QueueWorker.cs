using System.Text;
using Aiops.Local.Queue;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.CrashHost;

/// <summary>
/// Does everything to a queue without end, and tells each thing on a line of its own once the queue has acknowledged it:
/// <c>enqueued ID RECEIPT TEXT</c>, <c>received …</c>, <c>deleted …</c>, <c>died …</c> (the receipt is - where there is none);
/// and <c>deleting …</c> beforehand, for whether a delete that was killed took place, no one can know.
/// </summary>
/// <remarks>Each round lives an hour after the one before: leases last through a round and have ended by the next.</remarks>
public static class QueueWorker
{
    /// <summary>High enough that no message dies of being received by processes that are killed.</summary>
    public static TriggerQueueOptions Rules { get; } = new() { MaxReceives = 1_000_000 };

    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(string path, int seed, int round, TextWriter told, CancellationToken cancellationToken)
    {
        await using var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, cancellationToken);
        var queue = await SqliteTriggerQueue.OpenAsync(database, Rules, new LaterClock(TimeSpan.FromHours(round)), cancellationToken);
        var random = new Random(seed);
        for (var step = 0; ; step++)
        {
            if (random.Next(3) == 0)
                await EnqueueAsync(queue, told, $"{seed}.{step}", random.Next(1, 11), cancellationToken);
            else
                await ReceiveAsync(queue, told, random, cancellationToken);
            if (random.Next(20) == 0)
                await queue.RedriveAsync(new DeadLetterFilter { Max = 5 }, cancellationToken);
        }
    }

    /// <summary>The event's whole body, a function of its text: what comes back can be compared.</summary>
    public static byte[] Body(string text) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text + ' ', 1500 / text.Length)));

    private static async Task EnqueueAsync(
        SqliteTriggerQueue queue, TextWriter told, string name, int count, CancellationToken cancellationToken)
    {
        var texts = Enumerable.Range(0, count).Select(i => $"{name}.{i}of{count}").ToList();
        var batch = texts.Select((text, i) => new IncomingEvent(Body(text)) { Format = text, Lane = (Lane)(i % 2), Service = $"s{i % 3}" });
        var ids = await queue.EnqueueAsync([.. batch], cancellationToken);
        foreach (var (id, text) in ids.Zip(texts))
            await told.WriteLineAsync($"enqueued {id} - {text}");
    }

    private static async Task ReceiveAsync(SqliteTriggerQueue queue, TextWriter told, Random random, CancellationToken cancellationToken)
    {
        var received = await queue.ReceiveAsync(random.Next(1, 11), Visibility, cancellationToken);
        await TellAsync("received", received);
        switch (random.Next(6))
        {
            case 0: // Forgotten: comes again.
                return;
            case 1 when received.Count > 0:
                if (await queue.DeadLetterAsync(received[0].ReceiptHandle, "as an example", cancellationToken))
                    await TellAsync("died", [received[0]]);
                return;
            case 2 when received.Count > 0:
                await queue.ChangeVisibilityAsync(received[0].ReceiptHandle, TimeSpan.Zero, cancellationToken);
                return;
        }

        await TellAsync("deleting", received);
        await queue.DeleteAsync([.. received.Select(one => one.ReceiptHandle)], cancellationToken);
        await TellAsync("deleted", received);

        async Task TellAsync(string what, IEnumerable<QueuedEvent> events)
        {
            foreach (var one in events)
                await told.WriteLineAsync($"{what} {one.MessageId} {one.ReceiptHandle} {one.Format}");
        }
    }

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
