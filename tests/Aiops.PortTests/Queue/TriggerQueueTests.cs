using System.Text;
using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Queue;

/// <summary>
/// What every trigger queue promises; a class an implementation runs them on it. What is visible may take a moment to be
/// handed out, so what must come is asked for until it does; what must not come is asked for once.
/// </summary>
public abstract class TriggerQueueTests
{
    protected const int MaxReceives = 5;

    /// <summary>Long beside a call, short enough to wait for.</summary>
    protected abstract TimeSpan Lease { get; }

    /// <summary>By the queue's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    [PortFact]
    public async Task What_goes_in_comes_out_as_it_was()
    {
        var queue = await NewQueueAsync();
        byte[] body = [0, 255, 13, 10, 0xC3, 0x28]; // Not text, let alone JSON.
        var before = Now;
        var ids = await queue.EnqueueAsync(
            [new IncomingEvent(body) { Format = "application/json", Lane = Lane.Urgent, Service = "checkout" }], default);

        var received = (await ReceiveAsync(queue, 1)).ShouldHaveSingleItem();
        received.MessageId.ShouldBe(ids.ShouldHaveSingleItem());
        received.Body.ShouldBe(body);
        (received.Format, received.Lane, received.Service).ShouldBe(("application/json", Lane.Urgent, "checkout"));
        (received.ReceiveCount, received.Redrives).ShouldBe((1, 0));
        received.EnqueuedAt.ShouldBeInRange(before.AddSeconds(-1), Now.AddSeconds(1), "to the millisecond at best, and by the queue's own clock");
        received.RedrivenFrom.ShouldBeNull();
    }

    [PortFact]
    public async Task Text_that_is_plain_and_text_that_is_not_come_out_byte_for_byte()
    {
        var queue = await NewQueueAsync();
        string[] texts = ["{\"a\":\"ä \ud83d\ude00\"}", "\u0001", "\ufffe", "\ufeff{}", " ", "\r\n\t", "AA=="];
        await queue.EnqueueAsync([.. texts.Select(text => Event(text, Lane.Urgent, "naïve \u0001"))], default);
        var received = await ReceiveAsync(queue, texts.Length);
        received.Select(one => Convert.ToHexString(one.Body)).Order(StringComparer.Ordinal)
            .ShouldBe(texts.Select(text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))).Order(StringComparer.Ordinal));
        received.ShouldAllBe(one => one.Service == "naïve \u0001");
    }

    [PortFact]
    public async Task A_leased_message_is_invisible_and_comes_again_when_its_lease_has_ended()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var first = (await ReceiveAsync(queue, 1)).Single();
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();

        await PassAsync(Lease);
        var second = (await ReceiveAsync(queue, 1)).Single();
        (second.MessageId, second.ReceiveCount).ShouldBe((first.MessageId, 2));
        second.ReceiptHandle.ShouldNotBe(first.ReceiptHandle);
    }

    [PortFact]
    public async Task A_deleted_message_never_comes_back_and_deleting_twice_is_harmless()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one"), Event("two")], default);
        var both = await ReceiveAsync(queue, 2);
        await queue.DeleteAsync([both[0].ReceiptHandle], default);
        await queue.DeleteAsync([both[0].ReceiptHandle, both[0].ReceiptHandle], default);
        await PassAsync(Lease);
        Texts(await ReceiveAsync(queue, 1, atMost: 10)).ShouldBe(Texts([both[1]]));
    }

    [PortFact]
    public async Task A_lease_can_be_prolonged_and_given_back()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var held = (await ReceiveAsync(queue, 1)).Single().ReceiptHandle;
        (await queue.ChangeVisibilityAsync(held, Lease * 3, default)).ShouldBeTrue();
        await PassAsync(Lease);
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty("the first lease would have ended");
        (await queue.ChangeVisibilityAsync(held, TimeSpan.Zero, default)).ShouldBeTrue();
        (await ReceiveAsync(queue, 1)).Single().ReceiveCount.ShouldBe(2);
    }

    [PortFact]
    public async Task A_lease_that_was_deleted_is_lost()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("one")], default);
        var gone = (await ReceiveAsync(queue, 1)).Single().ReceiptHandle;
        await queue.DeleteAsync([gone], default);
        (await queue.ChangeVisibilityAsync(gone, TimeSpan.Zero, default)).ShouldBeFalse();
        (await queue.DeadLetterAsync(gone, "late", default)).ShouldBeFalse();
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_delayed_event_becomes_visible_when_its_delay_has_passed()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([new IncomingEvent("later"u8.ToArray()) { Delay = Lease }], default);
        (await queue.StatusAsync(default)).Routine.Delayed.ShouldBe(1);
        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        await PassAsync(Lease);
        Texts(await ReceiveAsync(queue, 1)).ShouldBe(["later"]);
    }

    [PortFact]
    public async Task After_the_last_receive_without_success_a_message_is_a_dead_letter()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison", Lane.Urgent, "checkout")], default);
        var id = "";
        for (var receive = 1; receive <= MaxReceives; receive++)
        {
            var one = (await ReceiveAsync(queue, 1)).Single();
            one.ReceiveCount.ShouldBe(receive);
            id = one.MessageId;
            await queue.ChangeVisibilityAsync(one.ReceiptHandle, TimeSpan.Zero, default);
        }

        (await queue.ReceiveAsync(1, Lease, default)).ShouldBeEmpty();
        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (letter.MessageId, letter.Reason, letter.ReceiveCount).ShouldBe((id, "received 5 times without success", MaxReceives));
        (letter.Lane, letter.Service).ShouldBe((Lane.Urgent, "checkout"));
        Encoding.UTF8.GetString(letter.Body).ShouldBe("poison");
    }

    [PortFact]
    public async Task What_cannot_be_parsed_is_set_aside_at_once_with_its_reason_and_bytes()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("{"), Event("fine")], default);
        var broken = (await ReceiveAsync(queue, 2)).Single(one => one.Body.Length == 1);
        (await queue.DeadLetterAsync(broken.ReceiptHandle, "not JSON: ends at byte 1", default)).ShouldBeTrue();

        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (letter.MessageId, letter.Reason, letter.ReceiveCount).ShouldBe((broken.MessageId, "not JSON: ends at byte 1", 1));
        letter.Body.ShouldBe("{"u8.ToArray());
        (await queue.StatusAsync(default)).DeadLetters.ShouldBe(
            new Dictionary<string, int> { ["not JSON: ends at byte 1"] = 1 });
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).Count.ShouldBe(1, "looking takes nothing away");
    }

    [PortFact]
    public async Task A_redriven_message_starts_anew_in_its_lane_and_remembers_where_it_came_from()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison", Lane.Urgent, "checkout")], default);
        var first = (await ReceiveAsync(queue, 1)).Single();
        await queue.DeadLetterAsync(first.ReceiptHandle, "unknown format", default);

        (await queue.RedriveAsync(DeadLetterFilter.All, default)).ShouldBe(1);
        var again = (await ReceiveAsync(queue, 1)).ShouldHaveSingleItem();
        (again.MessageId, again.ReceiveCount, again.Redrives).ShouldBe((first.MessageId, 1, 1));
        (again.Lane, again.Service, again.EnqueuedAt).ShouldBe((first.Lane, first.Service, first.EnqueuedAt));
        again.RedrivenFrom.ShouldBe("unknown format");
        again.Body.ShouldBe(first.Body);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBeEmpty();

        await queue.DeadLetterAsync(again.ReceiptHandle, "still unknown", default);
        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (letter.MessageId, letter.Redrives, letter.Reason).ShouldBe((first.MessageId, 1, "still unknown"));
    }

    [PortFact]
    public async Task A_filter_narrows_what_is_listed_redriven_and_purged()
    {
        var queue = await NewQueueAsync();
        foreach (var (service, reason) in new[] { ("a", "not JSON"), ("b", "not JSON"), ("a", "Unknown Format"), ("b", "unknown format") })
        {
            await queue.EnqueueAsync([Event(reason, Lane.Routine, service)], default);
            await queue.DeadLetterAsync((await ReceiveAsync(queue, 1)).Single().ReceiptHandle, reason, default);
        }

        var letters = await queue.ListDeadLettersAsync(new DeadLetterFilter { ReasonContains = "unknown" }, default);
        letters.Select(letter => letter.Reason).ShouldBe(["Unknown Format", "unknown format"], "oldest first");
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { MessageId = "no such id" }, default)).ShouldBeEmpty();
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { Lane = Lane.Urgent }, default)).ShouldBeEmpty();
        (await queue.ListDeadLettersAsync(new DeadLetterFilter { Max = 3 }, default)).Count.ShouldBe(3);
        (await queue.RedriveAsync(new DeadLetterFilter { MessageId = letters[0].MessageId }, default)).ShouldBe(1);
        (await queue.RedriveAsync(new DeadLetterFilter { Max = 0 }, default)).ShouldBe(0);
        (await queue.PurgeDeadLettersAsync(new DeadLetterFilter { Service = "b" }, default)).ShouldBe(2);
        var left = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (left.Service, left.Reason).ShouldBe(("a", "not JSON"));
    }

    [PortFact]
    public async Task Status_tells_each_lane_apart()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("u1", Lane.Urgent), Event("u2", Lane.Urgent), Event("r1"), Event("r2")], default);
        await queue.EnqueueAsync([new IncomingEvent([1]) { Delay = Lease * 3 }], default);
        await queue.EnqueueAsync([Event("u3", Lane.Urgent)], default);
        var (urgent, routine) = (0, 0);
        foreach (var one in await ReceiveAsync(queue, 2, lease: Lease * 3))
        {
            (urgent, routine) = (urgent + (one.Lane == Lane.Urgent ? 1 : 0), routine + (one.Lane == Lane.Routine ? 1 : 0));
        }

        var status = await queue.StatusAsync(default);
        (status.Urgent.Visible, status.Urgent.InFlight, status.Urgent.Delayed).ShouldBe((3 - urgent, urgent, 0));
        (status.Routine.Visible, status.Routine.InFlight, status.Routine.Delayed).ShouldBe((2 - routine, routine, 1));
    }

    [PortFact]
    public async Task An_empty_queue_has_no_oldest_age()
    {
        var status = await (await NewQueueAsync()).StatusAsync(default);
        status.Urgent.ShouldBe(new LaneStatus(0, 0, 0, null));
        status.DeadLetters.ShouldBeEmpty();
    }

    [PortFact]
    public async Task An_event_of_exactly_the_limit_passes_through()
    {
        var queue = await NewQueueAsync();
        var body = new byte[IncomingEvent.MaxBodyBytes];
        new Random(1).NextBytes(body);
        await queue.EnqueueAsync([new IncomingEvent(body), new IncomingEvent([.. Enumerable.Repeat((byte)'a', IncomingEvent.MaxBodyBytes)])], default);
        var received = await ReceiveAsync(queue, 2);
        received.ShouldAllBe(one => one.Body.Length == IncomingEvent.MaxBodyBytes);
        received.ShouldContain(one => one.Body.SequenceEqual(body));
    }

    [PortFact]
    public void An_event_one_byte_above_the_limit_is_refused_by_name()
    {
        var refusal = Should.Throw<EventTooLargeException>(() => new IncomingEvent(new byte[IncomingEvent.MaxBodyBytes + 1]));
        (refusal.Size, refusal.Limit).ShouldBe((1_048_577, 1_048_576));
    }

    [PortFact]
    public async Task An_empty_body_is_an_event_too()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("")], default);
        (await ReceiveAsync(queue, 1)).Single().Body.ShouldBeEmpty();
    }

    [PortFact]
    public async Task An_empty_batch_changes_nothing()
    {
        var queue = await NewQueueAsync();
        (await queue.EnqueueAsync([], default)).ShouldBeEmpty();
        await queue.DeleteAsync([], default);
        (await queue.StatusAsync(default)).Routine.Visible.ShouldBe(0);
    }

    [PortFact]
    public async Task A_batch_of_any_length_is_taken_and_its_ids_are_in_its_order()
    {
        var queue = await NewQueueAsync();
        var texts = Enumerable.Range(0, 37).Select(i => $"{i}").ToList();
        var ids = await queue.EnqueueAsync([.. texts.Select((text, i) => Event(text, (Lane)(i % 2)))], default);
        var received = await ReceiveAsync(queue, texts.Count);
        received.OrderBy(one => one.MessageId).Select(one => (one.MessageId, Texts([one]).Single()))
            .ShouldBe(ids.Zip(texts).OrderBy(pair => pair.First).Select(pair => (pair.First, pair.Second)));
    }

    /// <summary>An empty queue that sets messages aside after <see cref="MaxReceives"/>.</summary>
    protected abstract Task<ITriggerQueue> NewQueueAsync();

    /// <summary>Lets the queue's clock go on by so much.</summary>
    protected abstract Task PassAsync(TimeSpan span);

    protected static IncomingEvent Event(string text, Lane lane = Lane.Routine, string service = "")
        => new(Encoding.UTF8.GetBytes(text)) { Lane = lane, Service = service };

    protected static IEnumerable<string> Texts(IEnumerable<QueuedEvent> events) => events.Select(one => Encoding.UTF8.GetString(one.Body));

    /// <summary>Asks until so many came; gives up after twenty receives that brought nothing.</summary>
    protected async Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(ITriggerQueue queue, int count, int? atMost = null, TimeSpan? lease = null)
    {
        List<QueuedEvent> received = [];
        for (var empty = 0; received.Count < count && empty < 20;)
        {
            var some = await queue.ReceiveAsync((atMost ?? count) - received.Count, lease ?? Lease, default);
            received.AddRange(some);
            if (some.Count == 0)
            {
                empty++;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, default);
            }
        }

        received.Count.ShouldBeGreaterThanOrEqualTo(count);
        return received;
    }
}
