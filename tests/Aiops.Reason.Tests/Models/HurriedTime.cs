using System.Collections.Concurrent;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Reason.Tests.Models;

/// <summary>A clock on which every wait is over at once, having moved the clock and been noted. A deadline never comes of itself.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private long ticks = Start.UtcTicks;

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>What is as long is no wait, but how long may be waited in all.</summary>
    public TimeSpan Deadline { get; set; } = new ModelLimits().WallTime;

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    /// <summary>Called when a wait begins; one that is set lets no wait end.</summary>
    public Action? OnWait { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= Deadline)
        {
            return new Over();
        }

        waits.Enqueue(dueTime);
        Interlocked.Add(ref ticks, dueTime.Ticks);
        ThreadPool.QueueUserWorkItem(_ => (OnWait ?? (() => callback(state)))());
        return new Over();
    }

    /// <summary>Time passes, as while a model thinks.</summary>
    public void Pass(TimeSpan passed) => Interlocked.Add(ref ticks, passed.Ticks);

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
