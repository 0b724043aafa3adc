using Aiops.Pipeline.Intake.Queue;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Functions.Intake;

/// <summary>Messages of the two lanes, as Lambda hands them over.</summary>
public interface ILaneMessages
{
    QueuedEvent Read(SQSEvent.SQSMessage message);

    /// <summary>Puts the message's bytes and the reason among its lane's dead letters. Doing it twice leaves two copies, and a redrive finds duplicates.</summary>
    Task SetAsideAsync(QueuedEvent message, string reason, CancellationToken cancellationToken);
}
