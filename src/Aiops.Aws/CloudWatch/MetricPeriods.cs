using Aiops.Analysis;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// The finest period that CloudWatch still has: 60 s for 15 days, 300 s for 63, 3600 s for 455; periods under a minute for
/// three hours (GetMetricData, "StartTime").
/// </summary>
internal static class MetricPeriods
{
    private const int Minute = 60;

    /// <param name="own">The alarm's own period; a shorter one than a minute is kept while CloudWatch keeps it.</param>
    public static int Seconds(DateTimeOffset start, DateTimeOffset now, TimeSpan? own = null)
    {
        var floor = (now - start) switch
        {
            var age when age < TimeSpan.FromHours(3) && own is { TotalSeconds: >= 1 and < Minute } fine => (int)fine.TotalSeconds,
            var age when age <= TimeSpan.FromDays(15) => Minute,
            var age when age <= TimeSpan.FromDays(63) => 300,
            _ => 3600,
        };
        return own is { } period && period.TotalSeconds > floor ? RoundUp((int)period.TotalSeconds, floor) : floor;
    }

    /// <summary>Widened to whole periods: CloudWatch answers those faster, and the ends come out whole.</summary>
    public static TimeWindow Align(TimeWindow window, int period)
    {
        var start = window.Start.ToUnixTimeSeconds();
        var end = window.End.ToUnixTimeSeconds();
        return new TimeWindow(
            DateTimeOffset.FromUnixTimeSeconds(start - (start % period)),
            DateTimeOffset.FromUnixTimeSeconds(RoundUp(end, period)));
    }

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    private static long RoundUp(long value, int step) => (value + step - 1) / step * step;
}
