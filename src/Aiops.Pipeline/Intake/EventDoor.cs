using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Lets raw events into the queue, in the lane and the line that they themselves claim. It looks and doesn't judge: what
/// can't be read goes in as well, and the consumer sets it aside with its bytes.
/// </summary>
public sealed class EventDoor(EventReader reader, ITriggerQueue queue, TimeProvider time)
{
    /// <returns>The message's id, once it can't be lost any more.</returns>
    /// <exception cref="EventTooLargeException">The body is above <see cref="IncomingEvent.MaxBodyBytes"/>: nothing of it is kept.</exception>
    public async Task<string> AdmitAsync(byte[] body, string format, CancellationToken cancellationToken)
        => (await queue.EnqueueAsync([Label(body, format)], cancellationToken))[0];

    /// <summary>Pure but for the clock: chooses lane and service.</summary>
    public IncomingEvent Label(byte[] body, string format)
    {
        var unlabelled = new IncomingEvent(body) { Format = format };
        if (reader.Read(body, time.GetUtcNow()) is not ReadEvent.Triggers { Items: { Count: > 0 } triggers })
        {
            return unlabelled;
        }

        var worst = triggers.MaxBy(trigger => trigger.SeverityHint)!;
        return unlabelled with
        {
            Lane = worst.SeverityHint >= SeverityHint.High ? Lane.Urgent : Lane.Routine,
            Service = worst.Component ?? "",
        };
    }
}
