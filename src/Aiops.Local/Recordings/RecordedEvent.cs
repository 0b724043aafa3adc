namespace Aiops.Local.Recordings;

/// <summary>One raw event as a monitoring system sent it.</summary>
/// <param name="ReceivedAt">When it arrived; null when the recorder didn't say.</param>
/// <param name="Body">The bytes to hand to intake, unread.</param>
public sealed record RecordedEvent(DateTimeOffset? ReceivedAt, ReadOnlyMemory<byte> Body);
