using System.Collections.Concurrent;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>
/// A clock on which every wait shorter than <see cref="Deadlines"/> is over at once, having moved the clock and been noted;
/// longer ones are deadlines, which pass when the waits before them have added up to them.
/// </summary>
internal sealed class SteppingTime : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<Alarm> alarms = [];
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private DateTimeOffset now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public TimeSpan Deadlines { get; init; } = TimeSpan.FromSeconds(20);

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (guard)
        {
            return now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Alarm alarm = new(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Lets time go by that nobody waited for.</summary>
    public void Pass(TimeSpan by) => RingAfter(() => now += by);

    private void Set(Alarm alarm, TimeSpan due) => RingAfter(() =>
    {
        alarms.Remove(alarm);
        if (due < TimeSpan.Zero)
        {
            return;
        }

        alarm.At = now + due;
        alarms.Add(alarm);
        if (due < Deadlines)
        {
            now += due;
            waits.Enqueue(due);
        }
    });

    private void RingAfter(Action change)
    {
        List<Alarm> over;
        lock (guard)
        {
            change();
            over = [.. alarms.Where(a => a.At <= now)];
            alarms.RemoveAll(over.Contains);
        }

        // Elsewhere, as a real timer would: its owner hasn't even got it yet.
        over.ForEach(a => ThreadPool.QueueUserWorkItem(_ => a.Ring()));
    }

    private void Forget(Alarm alarm)
    {
        lock (guard)
        {
            alarms.Remove(alarm);
        }
    }

    private sealed class Alarm(SteppingTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
