using System.Collections.Concurrent;
using Aiops.Local.Queue;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Tests.Local.Queue;

public sealed class SqliteTriggerQueueTests : EmbeddedQueueTests, IAsyncLifetime, IDisposable
{
    private static readonly TriggerQueueOptions Rules = new() { MaxReceives = MaxReceives };
    private readonly TemporaryFolder folder = new();
    private readonly List<SqliteDatabase> databases = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Urgent_goes_before_routine_that_came_earlier()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("r1"), Event("r2"), Event("u1", Lane.Urgent), Event("u2", Lane.Urgent)], default);
        Texts(await queue.ReceiveAsync(10, Lease, default)).ShouldBe(["u1", "u2", "r1", "r2"]);
    }

    [Fact]
    public async Task Under_a_permanent_urgent_flood_an_aged_routine_message_is_out_within_four()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("patient")], default);
        Clock.Advance(Rules.AgeingBound - TimeSpan.FromMilliseconds(1));
        (await Flood(queue, receives: 40)).ShouldAllBe(lane => lane == Lane.Urgent); // Not aged yet: urgent has it all.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await Flood(queue, receives: 4)).Count(lane => lane == Lane.Routine).ShouldBe(1);
    }

    [Fact]
    public async Task Aged_routine_work_takes_every_fourth_place_and_no_more()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([.. Enumerable.Range(0, 1000).Select(i => Event($"r{i}"))], default);
        Clock.Advance(Rules.AgeingBound);
        var lanes = await Flood(queue, receives: 400);
        lanes.Chunk(4).ShouldAllBe(four => four.Count(lane => lane == Lane.Routine) == 1);
    }

    [Fact]
    public async Task A_message_ages_from_when_it_became_visible()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([new IncomingEvent([1]) { Delay = TimeSpan.FromHours(1) }], default);
        Clock.Advance(TimeSpan.FromHours(1) + Rules.AgeingBound - TimeSpan.FromMilliseconds(1));
        (await Flood(queue, receives: 8)).ShouldAllBe(lane => lane == Lane.Urgent);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await Flood(queue, receives: 4)).ShouldContain(Lane.Routine);
    }

    [Fact]
    public async Task Everything_is_there_after_reopening_and_the_turn_goes_on()
    {
        var path = folder.File("reopened.db");
        IReadOnlyList<QueuedEvent> before;
        await using (var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, default))
        {
            var queue = await SqliteTriggerQueue.OpenAsync(database, Rules, Clock, default);
            await queue.EnqueueAsync([Event("a1", service: "a"), Event("a2", service: "a"), Event("b1", service: "b")], default);
            before = await queue.ReceiveAsync(1, Lease, default);
        }

        var reopened = await OpenAsync(path);
        Texts(before).ShouldBe(["a1"]);
        Texts(await reopened.ReceiveAsync(10, Lease, default)).ShouldBe(["b1", "a2"]);
        await reopened.DeleteAsync([before[0].ReceiptHandle], default); // A receipt outlives the process that got it.
        Clock.Advance(Lease);
        Texts(await reopened.ReceiveAsync(10, Lease, default)).ShouldBe(["b1", "a2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Thousands_of_leases_that_end_together_all_come_again()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([.. Enumerable.Range(0, 2000).Select(i => Event($"{i}", (Lane)(i % 2), $"s{i % 7}"))], default);
        for (var receive = 1; receive <= MaxReceives; receive++)
        {
            var seen = new HashSet<string>();
            while (await queue.ReceiveAsync(100, Lease, default) is { Count: > 0 } some)
                some.ShouldAllBe(one => one.ReceiveCount == receive && seen.Add(one.MessageId));
            seen.Count.ShouldBe(2000);
            Clock.Advance(Lease);
        }

        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        (await queue.StatusAsync(default)).DeadLetters.Values.ShouldBe([2000]);
        (await queue.RedriveAsync(new DeadLetterFilter { Max = 1999 }, default)).ShouldBe(1999);
        (await queue.StatusAsync(default)).Routine.Visible.ShouldBe(999);
        (await queue.PurgeDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBe(1);
    }

    [Fact]
    public async Task Eight_writers_and_receivers_on_two_connections_lose_nothing_and_deliver_nothing_twice()
    {
        const int PerWriter = 250;
        var queues = new[] { await OpenAsync(folder.File("shared.db")), await OpenAsync(folder.File("shared.db")) };
        var deliveries = new ConcurrentDictionary<string, int>();
        var enqueued = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < PerWriter; i += 5)
            {
                var batch = Enumerable.Range(i, 5).Select(n => Event($"{writer}.{n}", (Lane)(n % 2), $"s{writer}")).ToList();
                foreach (var id in await queues[writer % 2].EnqueueAsync(batch, default))
                    enqueued.Add(id);
            }
        })).ToList();
        var receivers = Enumerable.Range(0, 8).Select(receiver => Task.Run(async () =>
        {
            while (deliveries.Count < 8 * PerWriter)
            {
                var received = await queues[receiver % 2].ReceiveAsync(7, Lease, default);
                foreach (var one in received)
                    deliveries.AddOrUpdate(one.MessageId, 1, (_, times) => times + 1);
                await queues[receiver % 2].DeleteAsync([.. received.Where((_, n) => n % 2 == 0).Select(one => one.ReceiptHandle)], default);
                if (received.Count == 0 && writers.TrueForAll(writer => writer.IsCompleted))
                    break;
            }
        })).ToList();
        await Task.WhenAll(writers);
        await Task.WhenAll(receivers);

        enqueued.Distinct().Count().ShouldBe(8 * PerWriter);
        deliveries.Keys.ShouldBe(enqueued, ignoreOrder: true);
        deliveries.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task A_receipt_of_another_make_is_a_mistake_and_told_as_one()
    {
        var queue = await NewQueueAsync();
        foreach (var handle in new[] { "", "1", "1.", ".1", "a.b", "1.1.1", "-1.1" })
            await Should.ThrowAsync<ArgumentException>(() => queue.DeleteAsync([handle], default));
    }

    [Fact]
    public async Task A_dead_letters_bytes_go_only_with_a_purge()
    {
        var path = folder.File("bodies.db");
        var queue = await OpenAsync(path);
        await queue.EnqueueAsync([Event("dies"), Event("done")], default);
        var both = await queue.ReceiveAsync(2, Lease, default);
        await queue.DeadLetterAsync(both[0].ReceiptHandle, "reason", default);
        await queue.DeleteAsync([both[1].ReceiptHandle], default);
        (await Bodies()).ShouldBe(1);
        await queue.PurgeDeadLettersAsync(DeadLetterFilter.All, default);
        (await Bodies()).ShouldBe(0);

        Task<long> Bodies() => databases[^1].ReadAsync(session => session.Scalar<long>("SELECT count(*) FROM queue_body"), default);
    }

    protected override Task<ITriggerQueue> NewQueueAsync() => OpenAsync(folder.File($"queue-{databases.Count}.db"));

    private async Task<ITriggerQueue> OpenAsync(string path)
    {
        var database = await SqliteDatabase.OpenAsync(path, new SqliteDatabaseOptions { Durability = Durability.ProcessCrash }, default);
        databases.Add(database);
        return await SqliteTriggerQueue.OpenAsync(database, Rules, Clock, default);
    }

    // Urgent work comes in faster than it goes out.
    private async Task<List<Lane>> Flood(ITriggerQueue queue, int receives)
    {
        var lanes = new List<Lane>();
        for (var i = 0; i < receives; i++)
        {
            await queue.EnqueueAsync([Event("u", Lane.Urgent, "a"), Event("u", Lane.Urgent, "b")], default);
            lanes.AddRange((await queue.ReceiveAsync(1, Lease, default)).Select(one => one.Lane));
        }

        return lanes;
    }
}
