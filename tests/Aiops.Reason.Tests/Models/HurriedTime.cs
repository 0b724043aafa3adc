using System.Collections.Concurrent;

namespace Aiops.Reason.Tests.Models;

/// <summary>A clock on which every wait is over at once, having moved the clock and been noted.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private long ticks = Start.UtcTicks;

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    /// <summary>Called when a wait begins; one that is set lets no wait end.</summary>
    public Action? OnWait { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Enqueue(dueTime);
        Interlocked.Add(ref ticks, dueTime.Ticks);
        ThreadPool.QueueUserWorkItem(_ => (OnWait ?? (() => callback(state)))());
        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // Nothing is left to stop.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
