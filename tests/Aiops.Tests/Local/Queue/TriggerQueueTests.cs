using System.Text;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Tests.Local.Queue;

/// <summary>What every trigger queue promises; a class an implementation runs them on it.</summary>
public abstract class TriggerQueueTests
{
    protected const int MaxReceives = 5;
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected ManualTimeProvider Clock { get; } = new();

    [Fact]
    public async Task What_goes_in_comes_out_as_it_was()
    {
        var queue = await NewQueueAsync();
        byte[] body = [0, 255, 13, 10, 0xC3, 0x28]; // Not text, let alone JSON.
        var ids = await queue.EnqueueAsync(
            [new IncomingEvent(body) { Format = "application/json", Lane = Lane.Urgent, Service = "checkout" }], default);
        var enqueuedAt = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(3));

        var received = (await queue.ReceiveAsync(10, Lease, default)).ShouldHaveSingleItem();
        received.MessageId.ShouldBe(ids.ShouldHaveSingleItem());
        received.Body.ShouldBe(body);
        (received.Format, received.Lane, received.Service).ShouldBe(("application/json", Lane.Urgent, "checkout"));
        (received.EnqueuedAt, received.ReceiveCount, received.Redrives).ShouldBe((enqueuedAt, 1, 0));
        received.RedrivenFrom.ShouldBeNull();
    }

    [Fact]
    public async Task A_leased_message_is_invisible_until_its_timeout_and_then_comes_again()
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
    public async Task A_deleted_message_never_comes_back_and_deleting_twice_is_harmless()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one"), Event("two")], default);
        var both = await queue.ReceiveAsync(2, Lease, default);
        await queue.DeleteAsync([both[0].ReceiptHandle], default);
        await queue.DeleteAsync([both[0].ReceiptHandle, both[0].ReceiptHandle], default);
        Clock.Advance(Lease);
        Texts(await queue.ReceiveAsync(10, Lease, default)).ShouldBe(["two"]);
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
    public async Task A_lease_can_be_prolonged_and_given_back()
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
    public async Task A_delayed_event_becomes_visible_when_its_delay_has_passed()
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
    public async Task After_the_last_receive_without_success_a_message_is_a_dead_letter()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison")], default);
        for (var receive = 1; receive <= MaxReceives; receive++)
        {
            (await queue.ReceiveAsync(1, Lease, default)).Single().ReceiveCount.ShouldBe(receive);
            Clock.Advance(Lease);
        }

        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        letter.Reason.ShouldBe("received 5 times without success");
        Encoding.UTF8.GetString(letter.Body).ShouldBe("poison");
        (letter.ReceiveCount, letter.DeadSince).ShouldBe((MaxReceives, Clock.GetUtcNow()));
    }

    [Fact]
    public async Task What_cannot_be_parsed_is_set_aside_at_once_with_its_reason_and_bytes()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("{"), Event("fine")], default);
        var broken = (await queue.ReceiveAsync(2, Lease, default)).Single(one => one.Body.Length == 1);
        (await queue.DeadLetterAsync(broken.ReceiptHandle, "not JSON: ends at byte 1", default)).ShouldBeTrue();

        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (letter.MessageId, letter.Reason).ShouldBe((broken.MessageId, "not JSON: ends at byte 1"));
        letter.Body.ShouldBe("{"u8.ToArray());
        (await queue.StatusAsync(default)).DeadLetters.ShouldBe(
            new Dictionary<string, int> { ["not JSON: ends at byte 1"] = 1 });
    }

    [Fact]
    public async Task A_redriven_message_starts_anew_in_its_lane_and_remembers_where_it_came_from()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison", Lane.Urgent, "checkout")], default);
        var first = (await queue.ReceiveAsync(1, Lease, default)).Single();
        await queue.DeadLetterAsync(first.ReceiptHandle, "unknown format", default);
        Clock.Advance(TimeSpan.FromHours(1));

        (await queue.RedriveAsync(DeadLetterFilter.All, default)).ShouldBe(1);
        var again = (await queue.ReceiveAsync(1, Lease, default)).ShouldHaveSingleItem();
        (again.MessageId, again.ReceiveCount, again.Redrives).ShouldBe((first.MessageId, 1, 1));
        (again.Lane, again.Service, again.EnqueuedAt).ShouldBe((first.Lane, first.Service, first.EnqueuedAt));
        again.RedrivenFrom.ShouldBe("unknown format");
        again.Body.ShouldBe(first.Body);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBeEmpty();

        await queue.DeleteAsync([first.ReceiptHandle], default); // From its first life: no hold on the second.
        (await queue.StatusAsync(default)).Urgent.InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task A_filter_narrows_what_is_listed_redriven_and_purged()
    {
        var queue = await NewQueueAsync();
        foreach (var (service, reason) in new[] { ("a", "not JSON"), ("b", "not JSON"), ("a", "Unknown Format"), ("b", "unknown format") })
        {
            await queue.EnqueueAsync([Event(reason, Lane.Routine, service)], default);
            await queue.DeadLetterAsync((await queue.ReceiveAsync(1, Lease, default)).Single().ReceiptHandle, reason, default);
        }

        var letters = await queue.ListDeadLettersAsync(new DeadLetterFilter { ReasonContains = "unknown" }, default);
        letters.Count.ShouldBe(2);
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { MessageId = "no such id" }, default)).ShouldBeEmpty();
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { Lane = Lane.Urgent }, default)).ShouldBeEmpty();
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { Max = 3 }, default)).Count.ShouldBe(3);
        (await queue.RedriveAsync(new DeadLetterFilter { MessageId = letters[0].MessageId }, default)).ShouldBe(1);
        (await queue.RedriveAsync(new DeadLetterFilter { Max = 0 }, default)).ShouldBe(0);
        (await queue.PurgeDeadLettersAsync(new DeadLetterFilter { Service = "b" }, default)).ShouldBe(2);
        var left = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (left.Service, left.Reason).ShouldBe(("a", "not JSON"));
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

    [Fact]
    public async Task An_empty_queue_has_no_oldest_age()
    {
        var status = await (await NewQueueAsync()).StatusAsync(default);
        status.Urgent.ShouldBe(new LaneStatus(0, 0, 0, null));
        status.DeadLetters.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_of_exactly_the_limit_passes_through()
    {
        var queue = await NewQueueAsync();
        var body = new byte[IncomingEvent.MaxBodyBytes];
        new Random(1).NextBytes(body);
        await queue.EnqueueAsync([new IncomingEvent(body)], default);
        (await queue.ReceiveAsync(1, Lease, default)).Single().Body.ShouldBe(body);
    }

    [Fact]
    public void An_event_one_byte_above_the_limit_is_refused_by_name()
    {
        var refusal = Should.Throw<EventTooLargeException>(() => new IncomingEvent(new byte[IncomingEvent.MaxBodyBytes + 1]));
        (refusal.Size, refusal.Limit).ShouldBe((1_048_577, 1_048_576));
    }

    [Fact]
    public async Task An_empty_body_is_an_event_too()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("")], default);
        (await queue.ReceiveAsync(1, Lease, default)).Single().Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_batch_changes_nothing()
    {
        var queue = await NewQueueAsync();
        (await queue.EnqueueAsync([], default)).ShouldBeEmpty();
        await queue.DeleteAsync([], default);
        (await queue.StatusAsync(default)).Routine.Visible.ShouldBe(0);
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

    /// <summary>An empty queue that sets messages aside after <see cref="MaxReceives"/>, on <see cref="Clock"/>.</summary>
    protected abstract Task<ITriggerQueue> NewQueueAsync();

    protected static IncomingEvent Event(string text, Lane lane = Lane.Routine, string service = "")
        => new(Encoding.UTF8.GetBytes(text)) { Lane = lane, Service = service };

    protected static IEnumerable<string> Texts(IEnumerable<QueuedEvent> events) => events.Select(one => Encoding.UTF8.GetString(one.Body));

    private static int Total(QueueStatus status) => status.DeadLetters.Values.Sum()
        + new[] { status.Urgent, status.Routine }.Sum(lane => lane.Visible + lane.InFlight + lane.Delayed);
}
