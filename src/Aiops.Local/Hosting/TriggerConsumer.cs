using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Local.Hosting;

/// <summary>From the queue into intake: a message is deleted, or set aside, only when all of it is done.</summary>
public sealed class TriggerConsumer(ITriggerQueue queue, EventBatch batch)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30); // Far above what a batch takes; what a killed process held waits as long.

    /// <returns>What was dealt with; what wasn't comes again when its lease ends.</returns>
    public async Task<IReadOnlyList<ConsumedEvent>> ConsumeAsync(int max, CancellationToken cancellationToken)
    {
        var received = await queue.ReceiveAsync(max, Visibility, cancellationToken);
        if (received.Count == 0)
        {
            return [];
        }

        List<ConsumedEvent> done = [.. (await batch.DecideAsync(received, cancellationToken)).Where(one => one.Failure is null)];
        foreach (var (message, reason) in done.Where(one => one.DeadLetterReason is not null).Select(one => (one.Message, one.DeadLetterReason!)))
        {
            await queue.DeadLetterAsync(message.ReceiptHandle, reason, cancellationToken);
        }

        var understood = done.Where(one => one.DeadLetterReason is null).Select(one => one.Message.ReceiptHandle).ToList();
        await queue.DeleteAsync(understood, cancellationToken);
        return done;
    }
}
