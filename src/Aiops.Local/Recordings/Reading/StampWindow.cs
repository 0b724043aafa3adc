using Aiops.Analysis;

namespace Aiops.Local.Recordings.Reading;

/// <summary>A window in the unit of stamps.</summary>
internal readonly struct StampWindow(TimeWindow window)
{
    private readonly long start = Nanoseconds(window.Start);
    private readonly long end = Nanoseconds(window.End);

    public bool Contains(long unixNanoseconds) => unixNanoseconds >= start && unixNanoseconds < end;

    public static long Nanoseconds(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return Math.Clamp(ticks, long.MinValue / 100, long.MaxValue / 100) * 100; // A window may be all of time.
    }
}
