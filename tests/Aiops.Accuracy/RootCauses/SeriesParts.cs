using Aiops.Analysis.Telemetry;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Series with fewer or other samples.</summary>
internal static class SeriesParts
{
    /// <summary>The samples for which the condition holds.</summary>
    public static MetricSeries Where(this MetricSeries series, Func<DateTimeOffset, int, bool> keep)
    {
        List<int> kept = new(series.Values.Length);
        for (var i = 0; i < series.Values.Length; i++)
        {
            if (keep(DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i]), i))
            {
                kept.Add(i);
            }
        }

        return kept.Count == series.Values.Length ? series : series with
        {
            UnixMilliseconds = [.. kept.Select(i => series.UnixMilliseconds[i])],
            Values = [.. kept.Select(i => series.Values[i])],
        };
    }
}
