namespace Aiops.Pipeline.Intake.Queue;

/// <summary>An event leased to one receiver until its visibility timeout has passed.</summary>
/// <param name="MessageId">Stays with the message for life, through redeliveries and redrives.</param>
/// <param name="ReceiptHandle">Names this lease, not the message: the next delivery has another.</param>
/// <param name="EnqueuedAt">When it first came in; a redrive doesn't change it.</param>
/// <param name="ReceiveCount">This delivery included, so at least 1; counted anew after a redrive.</param>
/// <param name="Redrives">How often it was brought back from the dead letters.</param>
/// <param name="RedrivenFrom">Why it was a dead letter before; null where it never was.</param>
public sealed record QueuedEvent(
    string MessageId,
    string ReceiptHandle,
    byte[] Body,
    string Format,
    Lane Lane,
    string Service,
    DateTimeOffset EnqueuedAt,
    int ReceiveCount,
    int Redrives,
    string? RedrivenFrom);
