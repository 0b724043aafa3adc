using System.Collections.Concurrent;
using System.Text;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Aws.Sqs;

/// <summary>
/// The dead letters of both lanes. SQS has no way to look without taking: whoever looks holds each letter for a moment and
/// gives back what isn't meant.
/// </summary>
internal sealed class SqsDeadLetters(
    Dictionary<Lane, SqsLane> lanes, Dictionary<Lane, SqsLane> dead, SqsEnvelopes envelopes, SqsTriggerQueueOptions options)
{
    private const int MostRemembered = 10_000; // Of leases; older ones have ended.

    private readonly ConcurrentDictionary<SqsReceipt, QueuedEvent> leased = new();
    private readonly ConcurrentQueue<SqsReceipt> order = new();

    /// <summary>What is leased under a receipt, so that it can be set aside with its bytes.</summary>
    public void Remember(SqsReceipt receipt, QueuedEvent message)
    {
        leased[receipt] = message;
        order.Enqueue(receipt);
        while (order.Count > MostRemembered && order.TryDequeue(out var oldest))
        {
            leased.TryRemove(oldest, out _);
        }
    }

    /// <summary>What was dealt with needn't be remembered.</summary>
    public void Forget(SqsReceipt receipt) => leased.TryRemove(receipt, out _);

    public async Task<bool> AddAsync(SqsReceipt receipt, string reason, CancellationToken cancellationToken)
    {
        // Prolonged first: that says whether the lease is still ours, and keeps it while the letter is written.
        if (!leased.TryGetValue(receipt, out var held)
            || !await lanes[receipt.Lane].ChangeVisibilityAsync(receipt.Handle, options.DeadLettersHeld, cancellationToken))
        {
            return false;
        }

        await SendAsync(held, reason, cancellationToken);
        await lanes[receipt.Lane].DeleteAsync([receipt.Handle], cancellationToken);
        Forget(receipt);
        return true;
    }

    public Task SendAsync(QueuedEvent message, string reason, CancellationToken cancellationToken) => SendAsync(
        dead[message.Lane],
        new SqsEnvelope
        {
            Body = message.Body,
            Format = message.Format,
            Service = message.Service,
            MessageId = message.MessageId,
            EnqueuedAt = message.EnqueuedAt,
            Redrives = message.Redrives,
            Reason = reason,
            ReceiveCount = message.ReceiveCount,
        },
        cancellationToken);

    /// <summary>By SQS's approximate counts, without a look at any letter.</summary>
    public async Task<bool> AreEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in dead.Values)
        {
            if (await lane.CountsAsync(cancellationToken) != (0, 0, 0))
            {
                return false;
            }
        }

        return true;
    }

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(filter, cancellationToken);
        await GiveBackAsync(held, cancellationToken);
        return [.. held.Select(one => one.Letter)];
    }

    /// <summary>Put back in its lane first, deleted then. What can't be read stays where it is: its lane could do nothing with it.</summary>
    public async Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(filter, cancellationToken);
        await GiveBackAsync(held.Where(one => one.Envelope is null), cancellationToken);
        var redriven = 0;
        foreach (var one in held)
        {
            if (one.Envelope is { } envelope)
            {
                await SendAsync(lanes[one.Letter.Lane], envelope with { Redrives = one.Letter.Redrives + 1, ReceiveCount = null }, cancellationToken);
                await dead[one.Letter.Lane].DeleteAsync([one.Message.ReceiptHandle], cancellationToken);
                redriven++;
            }
        }

        return redriven;
    }

    public async Task<int> PurgeAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(filter, cancellationToken);
        foreach (var lane in held.GroupBy(one => one.Letter.Lane))
        {
            await dead[lane.Key].DeleteAsync([.. lane.Select(one => one.Message.ReceiptHandle)], cancellationToken);
        }

        return held.Count;
    }

    // Holds those that are meant; the others are given back. Oldest first, as far as they could be seen: where there are more
    // than can be read while the first are hidden, it ends when one comes again.
    private async Task<List<Held>> TakeAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        Dictionary<(Lane, string), Held> held = [];
        foreach (var lane in filter.Max == 0 ? [] : filter.Lane is { } one ? [one] : Enum.GetValues<Lane>())
        {
            for (var again = false; !again
                && await dead[lane].ReceiveAsync(SqsLane.Most, options.DeadLettersHeld, 0, cancellationToken) is { Count: > 0 } messages;)
            {
                foreach (var message in messages)
                {
                    again |= held.ContainsKey((lane, message.MessageId));
                    held[(lane, message.MessageId)] = await ReadAsync(lane, message, cancellationToken); // The newest receipt is the one that holds.
                }
            }
        }

        var meant = held.Values.Where(one => Fits(one.Letter, filter))
            .OrderBy(one => one.Letter.EnqueuedAt).ThenBy(one => one.Letter.MessageId, StringComparer.Ordinal).Take(filter.Max).ToList();
        await GiveBackAsync(held.Values.Except(meant), cancellationToken);
        return meant;
    }

    private async Task GiveBackAsync(IEnumerable<Held> held, CancellationToken cancellationToken)
    {
        foreach (var lane in held.GroupBy(one => one.Letter.Lane))
        {
            await dead[lane.Key].ShowAsync(lane.Select(one => one.Message.ReceiptHandle), cancellationToken);
        }
    }

    private async Task SendAsync(SqsLane to, SqsEnvelope envelope, CancellationToken cancellationToken)
    {
        var (body, attributes) = await envelopes.SealAsync(envelope, cancellationToken);
        await to.SendAsync(
            [new SendMessageBatchEntry("", body) { MessageAttributes = attributes, MessageGroupId = SqsTriggerQueue.GroupOf(envelope.Service) }], cancellationToken);
    }

    private async Task<Held> ReadAsync(Lane lane, ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return Read(lane, message, await envelopes.OpenAsync(message, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException) // One that can't be read must not hide the others.
        {
            var sentAt = SqsLane.SentAt(message);
            return new Held(message, null, new DeadLetter(
                message.MessageId, Encoding.UTF8.GetBytes(message.Body), "", lane, "", sentAt, sentAt, $"can't be read: {e.Message}", options.MaxReceives, 0));
        }
    }

    private Held Read(Lane lane, ReceivedMessage message, SqsEnvelope envelope)
    {
        // Without our receive count, SQS itself set it aside: it doesn't say when or why, but there is one reason only.
        var ours = envelope.ReceiveCount is not null;
        var full = envelope with
        {
            MessageId = envelope.MessageId ?? message.MessageId,
            EnqueuedAt = envelope.EnqueuedAt ?? SqsLane.SentAt(message),
            Reason = ours ? envelope.Reason : $"received {options.MaxReceives} times without success",
        };
        return new Held(message, full, new DeadLetter(
            full.MessageId,
            full.Body,
            full.Format,
            lane,
            full.Service,
            full.EnqueuedAt.Value,
            SqsLane.SentAt(message),
            full.Reason ?? "",
            full.ReceiveCount ?? options.MaxReceives,
            full.Redrives));
    }

    private static bool Fits(DeadLetter letter, DeadLetterFilter filter)
        => (filter.MessageId is null || letter.MessageId == filter.MessageId)
        && (filter.ReasonContains is null || letter.Reason.Contains(filter.ReasonContains, StringComparison.OrdinalIgnoreCase))
        && (filter.Service is null || letter.Service == filter.Service);

    /// <param name="Envelope">Null where it can't be read.</param>
    private sealed record Held(ReceivedMessage Message, SqsEnvelope? Envelope, DeadLetter Letter);
}
