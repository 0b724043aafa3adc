using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Local.Hosting;

/// <summary>
/// From the queue into intake: reads each message, has its triggers decided, and deletes it only when all of it is done.
/// What can't be read is set aside with its bytes; a batch of which a part can't be read is set aside after the rest was
/// decided, for a redrive finds that rest to be duplicates.
/// </summary>
public sealed class TriggerConsumer(ITriggerQueue queue, EventReader reader, IntakeStep intake)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30); // Far above what a batch takes; what a killed process held waits as long.

    public async Task<IReadOnlyList<ConsumedEvent>> ConsumeAsync(int max, CancellationToken cancellationToken)
    {
        var received = await queue.ReceiveAsync(max, Visibility, cancellationToken);
        if (received.Count == 0)
        {
            return [];
        }

        var read = received.Select(message => (Message: message, Event: reader.Read(message.Body, message.EnqueuedAt))).ToList();
        List<IntakeMessage> messages =
        [
            .. read.Select(one => new IntakeMessage(one.Message.ReceiptHandle, one.Event is ReadEvent.Triggers triggers ? triggers.Items : [])),
        ];
        var result = await intake.RunAsync(messages, cancellationToken);
        var byTrigger = result.Decisions.ToLookup(decision => decision.Trigger, ReferenceEqualityComparer.Instance as IEqualityComparer<Trigger?>);
        List<ConsumedEvent> consumed = [];
        List<string> done = [];
        foreach (var (message, content) in read)
        {
            if (result.Failed.ContainsKey(message.ReceiptHandle))
            {
                continue; // It comes again when its lease ends.
            }

            var reason = ReasonToSetAside(content);
            if (reason is null)
            {
                done.Add(message.ReceiptHandle);
            }
            else
            {
                await queue.DeadLetterAsync(message.ReceiptHandle, reason, cancellationToken);
            }

            var triggers = content is ReadEvent.Triggers { Items: var items } ? items : [];
            consumed.Add(new ConsumedEvent(message.MessageId, [.. triggers.SelectMany(trigger => byTrigger[trigger])], reason, NoteOf(content)));
        }

        await queue.DeleteAsync(done, cancellationToken);
        return consumed;
    }

    private static string? ReasonToSetAside(ReadEvent content) => content switch
    {
        ReadEvent.Unreadable unreadable => unreadable.Reason,
        ReadEvent.Triggers { UnreadableParts: [var part] } => $"{part.Path}: {part.Reason}",
        ReadEvent.Triggers { UnreadableParts: [var part, ..] parts } => $"{parts.Count} parts can't be read; the first is {part.Path}: {part.Reason}",
        _ => null,
    };

    private static string? NoteOf(ReadEvent content) => content is ReadEvent.SubscriptionConfirmation confirmation
        ? $"SNS asks to confirm the subscription to {confirmation.TopicArn}: `aiops serve --allow-topic` confirms it when it comes over HTTP."
        : null;
}
