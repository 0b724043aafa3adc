using System.Collections.Concurrent;
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

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(filter, cancellationToken);
        await GiveBackAsync(held, cancellationToken);
        return [.. held.Select(one => one.Letter)];
    }

    /// <summary>Put back in its lane first, deleted then.</summary>
    public async Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var held = await TakeAsync(filter, cancellationToken);
        foreach (var one in held)
        {
            await SendAsync(lanes[one.Letter.Lane], one.Envelope with { Redrives = one.Letter.Redrives + 1, ReceiveCount = null }, cancellationToken);
            await dead[one.Letter.Lane].DeleteAsync([one.Message.ReceiptHandle], cancellationToken);
        }

        return held.Count;
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

    // Holds those that are meant; the others are given back. Oldest first, as far as they could be seen.
    private async Task<List<Held>> TakeAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        List<Held> held = [];
        foreach (var lane in filter.Max == 0 ? [] : filter.Lane is { } one ? [one] : Enum.GetValues<Lane>())
        {
            while (await dead[lane].ReceiveAsync(SqsLane.Most, options.DeadLettersHeld, 0, cancellationToken) is { Count: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    held.Add(Read(lane, message, await envelopes.OpenAsync(message, cancellationToken)));
                }
            }
        }

        var meant = held.Where(one => Fits(one.Letter, filter))
            .OrderBy(one => one.Letter.EnqueuedAt).ThenBy(one => one.Letter.MessageId, StringComparer.Ordinal).Take(filter.Max).ToList();
        await GiveBackAsync([.. held.Except(meant)], cancellationToken);
        return meant;
    }

    private async Task GiveBackAsync(IReadOnlyList<Held> held, CancellationToken cancellationToken)
    {
        foreach (var one in held)
        {
            await dead[one.Letter.Lane].ChangeVisibilityAsync(one.Message.ReceiptHandle, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task SendAsync(SqsLane to, SqsEnvelope envelope, CancellationToken cancellationToken)
    {
        var (body, attributes) = await envelopes.SealAsync(envelope, cancellationToken);
        await to.SendAsync(
            [new SendMessageBatchEntry("", body) { MessageAttributes = attributes, MessageGroupId = SqsTriggerQueue.GroupOf(envelope.Service) }], cancellationToken);
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

    private sealed record Held(ReceivedMessage Message, SqsEnvelope Envelope, DeadLetter Letter);
}
