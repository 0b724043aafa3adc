using Aiops.Analysis;
using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.GatherContext;

/// <summary>Says what is missing in metrics, for people: series that end early or have holes, components without any.</summary>
public static class MetricGaps
{
    private const int LongestHole = 3; // Periods.

    public static IReadOnlyList<string> Of(IReadOnlyList<MetricSeries> metrics, AnalysisWindows windows, IReadOnlyList<string> components)
    {
        var known = metrics.Select(series => series.Component).ToHashSet();
        List<string> gaps = [.. components.Where(component => !known.Contains(component)).Select(component => $"no metrics of {component}")];
        foreach (var component in metrics.GroupBy(series => series.Component).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var all = component.ToList();
            Add(gaps, component.Key, all, all.Count(series => series.Values.Length == 0), "hold no samples");
            Add(gaps, component.Key, all, all.Count(series => EndsEarly(series, windows.Incident)), "end before the incident's window does");
            Add(gaps, component.Key, all, all.Count(series => HasHole(series, windows)), $"have holes of more than {LongestHole} periods");
        }

        return gaps;
    }

    private static void Add(List<string> gaps, string component, List<MetricSeries> all, int count, string what)
    {
        if (count > 0)
        {
            gaps.Add($"{component}: {count} of {all.Count} series {what}");
        }
    }

    private static bool EndsEarly(MetricSeries series, TimeWindow incident)
        => PeriodOf(series) is { } period
            && series.UnixMilliseconds[^1] + (LongestHole * period) < incident.End.ToUnixTimeMilliseconds();

    private static bool HasHole(MetricSeries series, AnalysisWindows windows)
    {
        if (PeriodOf(series) is not { } period)
        {
            return false;
        }

        for (var i = 1; i < series.UnixMilliseconds.Length; i++)
        {
            var (from, to) = (series.UnixMilliseconds[i - 1], series.UnixMilliseconds[i]);
            if (to - from > LongestHole * period && (BothInOne(windows.Baseline, from, to) || BothInOne(windows.Incident, from, to)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool BothInOne(TimeWindows windows, long from, long to)
    {
        var stretch = windows.IndexOf(DateTimeOffset.FromUnixTimeMilliseconds(from));
        return stretch >= 0 && stretch == windows.IndexOf(DateTimeOffset.FromUnixTimeMilliseconds(to));
    }

    private static double? PeriodOf(MetricSeries series) => series.UnixMilliseconds.Length < 3
        ? null
        : Quantile.MedianInPlace([.. series.UnixMilliseconds.Zip(series.UnixMilliseconds.Skip(1), (one, next) => (double)(next - one))]);
}
