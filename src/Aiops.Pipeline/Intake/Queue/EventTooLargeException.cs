namespace Aiops.Pipeline.Intake.Queue;

/// <summary>An event is larger than the intake takes. Nothing of it was kept.</summary>
/// <remarks>Not worth a retry: the same event is as large the next time.</remarks>
public sealed class EventTooLargeException(long size, long limit)
    : Exception($"The event has {size:N0} bytes; the intake takes up to {limit:N0}.")
{
    public long Size { get; } = size;

    public long Limit { get; } = limit;

    public static void ThrowIfAbove(long limit, long size)
    {
        if (size > limit)
            throw new EventTooLargeException(size, limit);
    }
}
