using Aiops.Analysis.Telemetry;

namespace Aiops.Local.Recordings.Reading;

/// <summary>Names the holes in series: stretches without samples that are much longer than the series' own step.</summary>
internal static class SeriesHoles
{
    private const int LongestSteps = 5; // A sparse metric skips a sample now and then; five in a row is an outage of the sender.

    /// <param name="windows">Where a series is expected; between disjoint windows nothing is.</param>
    public static IEnumerable<string> Tell(IReadOnlyList<MetricSeries> series, RecordedWindows windows)
    {
        var expected = windows.Baseline.Append(windows.Incident).OfType<RecordedWindow>().ToList();
        (MetricSeries Series, long From, long To)? longest = null;
        var found = 0;
        foreach (var one in series)
        {
            var hole = LongestHole(one, expected);
            if (hole is var (from, to))
            {
                found++;
                longest = longest is null || to - from > longest.Value.To - longest.Value.From ? (one, from, to) : longest;
            }
        }

        if (longest is var (which, start, end))
        {
            yield return $"{found:N0} of {series.Count:N0} series have holes, the longest is {which}: "
                + $"nothing from {At(start)} to {At(end)}";
        }
    }

    private static (long From, long To)? LongestHole(MetricSeries series, List<RecordedWindow> expected)
    {
        var times = series.UnixMilliseconds;
        if (times.Length < 10) // Too few to have a step of their own.
        {
            return null;
        }

        long[] steps = [.. times.Zip(times.Skip(1), (a, b) => b - a).Order()];
        var limit = steps[steps.Length / 2] * LongestSteps;
        (long From, long To)? longest = null;
        for (var i = 1; i < times.Length; i++)
        {
            var (from, to) = (times[i - 1], times[i]);
            if (to - from > limit && (longest is null || to - from > longest.Value.To - longest.Value.From)
                && (expected.Count == 0 || expected.Any(w => w.Start.ToUnixTimeMilliseconds() <= from && to < w.End.ToUnixTimeMilliseconds())))
            {
                longest = (from, to);
            }
        }

        return longest;
    }

    private static string At(long unixMilliseconds)
        => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-dd HH:mm'Z'");
}
