using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Queue;

namespace Aiops.Tests.Local.Queue;

/// <summary>What the embedded queue promises beyond the port: exact times, whole batches, turns between services.</summary>
public abstract class EmbeddedQueueTests : TriggerQueueTests
{
    protected ManualTimeProvider Clock { get; } = new();

    protected override TimeSpan Lease => TimeSpan.FromSeconds(30);

    protected override DateTimeOffset Now => Clock.GetUtcNow();

    protected override Task PassAsync(TimeSpan span)
    {
        Clock.Advance(span);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Times_are_told_to_the_millisecond()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var enqueuedAt = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(3));
        var one = (await queue.ReceiveAsync(10, Lease, default)).ShouldHaveSingleItem();
        one.EnqueuedAt.ShouldBe(enqueuedAt);
        Clock.Advance(Lease * 2);
        await queue.DeadLetterAsync(one.ReceiptHandle, "reason", default);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).Single().DeadSince.ShouldBe(Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_receipt_of_a_messages_first_life_has_no_hold_on_its_second()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison", Lane.Urgent)], default);
        var first = (await queue.ReceiveAsync(1, Lease, default)).Single();
        await queue.DeadLetterAsync(first.ReceiptHandle, "unknown format", default);
        await queue.RedriveAsync(DeadLetterFilter.All, default);
        await queue.ReceiveAsync(1, Lease, default);
        await queue.DeleteAsync([first.ReceiptHandle], default);
        (await queue.StatusAsync(default)).Urgent.InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_receipt_does_nothing_to_the_newer_lease()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var stale = (await queue.ReceiveAsync(1, Lease, default)).Single().ReceiptHandle;
        Clock.Advance(Lease);
        var current = (await queue.ReceiveAsync(1, Lease, default)).Single().ReceiptHandle;

        await queue.DeleteAsync([stale], default);
        (await queue.DeadLetterAsync(stale, "stale", default)).ShouldBeFalse();
        (await queue.ChangeVisibilityAsync(stale, TimeSpan.Zero, default)).ShouldBeFalse();
        (await queue.StatusAsync(default)).Routine.InFlight.ShouldBe(1);
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        (await queue.ChangeVisibilityAsync(current, Lease, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_receipt_still_deletes_after_its_timeout_while_no_one_else_has_the_message()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var late = (await queue.ReceiveAsync(1, Lease, default)).Single();
        Clock.Advance(Lease * 2);
        await queue.DeleteAsync([late.ReceiptHandle], default);
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_with_thousands_of_messages_does_not_hold_up_one_with_three()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([.. Enumerable.Range(0, 10_000).Select(i => Event($"{i}", Lane.Routine, "noisy"))], default);
        await queue.EnqueueAsync([.. Enumerable.Range(0, 3).Select(i => Event($"{i}", Lane.Routine, "quiet"))], default);
        var first = await queue.ReceiveAsync(6, Lease, default);
        first.Count(one => one.Service == "quiet").ShouldBe(3);
    }

    [Fact]
    public async Task Services_take_turns_and_each_ones_messages_come_oldest_first()
    {
        var queue = await NewQueueAsync();
        foreach (var text in new[] { "c1", "a1", "a2", "a3", "b1", "b2", "-1" })
            await queue.EnqueueAsync([Event(text, Lane.Routine, text[0] == '-' ? "" : text[..1])], default);
        var received = new List<QueuedEvent>();
        while (await queue.ReceiveAsync(2, Lease, default) is { Count: > 0 } some) // The turn goes on across receives.
            received.AddRange(some);
        var rounds = Texts(received);
        rounds.Take(4).Order(StringComparer.Ordinal).ShouldBe(["-1", "a1", "b1", "c1"]);
        rounds.Skip(4).ShouldBe(["a2", "b2", "a3"]);
    }

    [Fact]
    public async Task Everything_is_in_one_place_whatever_was_done_in_whatever_order()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var queue = await NewQueueAsync();
            var random = new Random(seed);
            var (alive, held, deleted) = (new HashSet<string>(), new List<QueuedEvent>(), new HashSet<string>());
            for (var step = 0; step < 300; step++)
            {
                switch (random.Next(8))
                {
                    case 0 or 1:
                        alive.UnionWith(await queue.EnqueueAsync([.. Enumerable.Range(0, random.Next(1, 6)).Select(i =>
                            Event($"{step}.{i}", (Lane)random.Next(2), $"s{random.Next(4)}"))], default));
                        break;
                    case 2 or 3:
                        var received = await queue.ReceiveAsync(random.Next(1, 6), Lease, default);
                        received.ShouldAllBe(one => !deleted.Contains(one.MessageId) && alive.Contains(one.MessageId));
                        held.AddRange(received);
                        break;
                    case 4 when held.Count > 0: // Now and then stale: then nothing may happen.
                        var before = Total(await queue.StatusAsync(default));
                        var done = held[random.Next(held.Count)];
                        await queue.DeleteAsync([done.ReceiptHandle], default);
                        if (Total(await queue.StatusAsync(default)) < before)
                            (alive.Remove(done.MessageId), deleted.Add(done.MessageId)).ShouldBe((true, true));
                        break;
                    case 5 when held.Count > 0:
                        await queue.DeadLetterAsync(held[random.Next(held.Count)].ReceiptHandle, "set aside", default);
                        break;
                    case 6:
                        Clock.Advance(TimeSpan.FromSeconds(random.Next(40)));
                        break;
                    case 7 when random.Next(4) == 0:
                        await queue.RedriveAsync(new DeadLetterFilter { Max = 3 }, default);
                        break;
                }

                Total(await queue.StatusAsync(default)).ShouldBe(alive.Count, $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public async Task A_lease_ends_to_the_millisecond()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var first = (await queue.ReceiveAsync(1, Lease, default)).Single();

        Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = (await queue.ReceiveAsync(1, Lease, default)).Single();
        (second.MessageId, second.ReceiveCount).ShouldBe((first.MessageId, 2));
        second.ReceiptHandle.ShouldNotBe(first.ReceiptHandle);
    }

    [Fact]
    public async Task A_lease_is_prolonged_to_the_millisecond()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var held = (await queue.ReceiveAsync(1, Lease, default)).Single().ReceiptHandle;
        Clock.Advance(Lease / 2);
        (await queue.ChangeVisibilityAsync(held, Lease, default)).ShouldBeTrue();
        Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        (await queue.ChangeVisibilityAsync(held, TimeSpan.Zero, default)).ShouldBeTrue();
        (await queue.ReceiveAsync(1, Lease, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_delay_ends_to_the_millisecond()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([new IncomingEvent("later"u8.ToArray()) { Delay = TimeSpan.FromMinutes(1) }], default);
        (await queue.StatusAsync(default)).Routine.Delayed.ShouldBe(1);
        Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await queue.StatusAsync(default)).Routine.Visible.ShouldBe(1);
        (await queue.ReceiveAsync(1, Lease, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Status_tells_each_lane_apart_and_the_age_of_its_oldest()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("u1", Lane.Urgent), Event("u2", Lane.Urgent), Event("r1")], default);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await queue.EnqueueAsync([Event("r2"), new IncomingEvent([1]) { Delay = TimeSpan.FromHours(1) }], default);
        await queue.ReceiveAsync(1, Lease, default);
        var status = await queue.StatusAsync(default);
        status.Urgent.ShouldBe(new LaneStatus(Visible: 1, InFlight: 1, Delayed: 0, TimeSpan.FromMinutes(1)));
        status.Routine.ShouldBe(new LaneStatus(Visible: 2, InFlight: 0, Delayed: 1, TimeSpan.FromMinutes(1)));

        Clock.Advance(Lease); // The lease has ended, whether or not a receive has noticed.
        (await queue.StatusAsync(default)).Urgent.Visible.ShouldBe(2);
    }

    private static int Total(QueueStatus status) => status.DeadLetters.Values.Sum()
        + new[] { status.Urgent, status.Routine }.Sum(lane => lane.Visible + lane.InFlight + lane.Delayed);
}
