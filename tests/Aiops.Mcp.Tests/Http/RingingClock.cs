namespace Aiops.Mcp.Tests.Http;

/// <summary>A clock that stands until a test moves it, and then rings whatever was set meanwhile, in order.</summary>
internal sealed class RingingClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Set)> awaited = [];
    private DateTimeOffset now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (Next(end) is { } alarm)
        {
            alarm.Ring();
        }
    }

    /// <summary>Over once somebody sets an alarm so far ahead; ask before it is to be set. Fails where nobody does.</summary>
    public Task WhenSet(TimeSpan due)
    {
        lock (gate)
        {
            TaskCompletionSource set = new(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((due, set));
            return set.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Alarm alarm = new(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private Alarm? Next(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = alarms.Where(alarm => alarm.At <= end).MinBy(alarm => alarm.At);
            now = next?.At ?? end;
            if (next is not null && next.Period <= TimeSpan.Zero)
            {
                alarms.Remove(next);
            }
            else if (next is not null)
            {
                next.At += next.Period;
            }

            return next;
        }
    }

    private void Set(Alarm alarm, TimeSpan due, TimeSpan period)
    {
        lock (gate)
        {
            alarms.Remove(alarm);
            if (due < TimeSpan.Zero)
            {
                return;
            }

            (alarm.At, alarm.Period) = (now + due, period);
            alarms.Add(alarm);
            foreach (var wanted in awaited.Where(one => one.Due == due).ToList())
            {
                awaited.Remove(wanted);
                wanted.Set.SetResult();
            }
        }
    }

    private sealed class Alarm(RingingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public TimeSpan Period { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan, TimeSpan.Zero);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
