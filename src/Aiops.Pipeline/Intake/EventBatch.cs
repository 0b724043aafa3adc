using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// A batch of queued events through intake, whichever queue handed it out: reads each, has its triggers decided, and says what
/// its queue must do with it. What can't be read is to be set aside with its bytes; so is one of which a part can't be read,
/// after the rest was decided, for a redrive finds that rest to be duplicates.
/// </summary>
public sealed class EventBatch(EventReader reader, IntakeStep intake)
{
    /// <returns>One for each event, in their order.</returns>
    public async Task<IReadOnlyList<ConsumedEvent>> DecideAsync(IReadOnlyList<QueuedEvent> received, CancellationToken cancellationToken)
    {
        var read = received.Select(message => (Message: message, Event: reader.Read(message.Body, message.EnqueuedAt))).ToList();
        List<IntakeMessage> messages = [.. read.Select(one => new IntakeMessage(one.Message.ReceiptHandle, TriggersOf(one.Event)))];
        var result = await intake.RunAsync(messages, cancellationToken);
        var byTrigger = result.Decisions.ToLookup(decision => decision.Trigger, ReferenceEqualityComparer.Instance as IEqualityComparer<Trigger?>);
        return
        [
            .. read.Select(one => new ConsumedEvent(
                one.Message,
                [.. TriggersOf(one.Event).SelectMany(trigger => byTrigger[trigger])],
                ReasonToSetAside(one.Event),
                result.Failed.GetValueOrDefault(one.Message.ReceiptHandle),
                NoteOf(one.Event))),
        ];
    }

    private static IReadOnlyList<Trigger> TriggersOf(ReadEvent content) => content is ReadEvent.Triggers triggers ? triggers.Items : [];

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
