namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// Reads one body, in any of the formats that <c>events/README.md</c> lists and in any of their envelopes, into canonical
/// triggers. Pure and thread-safe; whatever the bytes, it answers and doesn't throw.
/// </summary>
public sealed class EventReader
{
    /// <summary>The largest body read, in bytes: what SQS carries at most.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>How deep arrays and objects may lie in one another within one JSON text.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>How many envelopes may lie around an event: HTTP, SQS, SNS and one to spare.</summary>
    public const int MaxEnvelopes = 4;

    /// <summary>How many events one body may hold: what a Lambda batch from SQS holds at most.</summary>
    public const int MaxEvents = 10_000;

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, DateTimeOffset?)"/>
    public ReadEvent Read(ReadOnlyMemory<byte> body) => Read(body, receivedAt: null);

    /// <param name="body">As it came: JSON in UTF-8, with or without a byte order mark.</param>
    /// <param name="receivedAt">
    /// Used for an event that says no time and whose envelopes say none either; without it such an event is unreadable.
    /// </param>
    public ReadEvent Read(ReadOnlyMemory<byte> body, DateTimeOffset? receivedAt)
    {
        if (body.Length > MaxBytes)
        {
            return new ReadEvent.Unreadable(
                $"larger than 1 MiB ({body.Length:N0} bytes): send the events in smaller batches");
        }

        return new BodyReading(new Delivery { Time = receivedAt }).Read(body);
    }
}
