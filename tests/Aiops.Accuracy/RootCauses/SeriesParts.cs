using Aiops.Analysis.Telemetry;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Series with fewer or other samples.</summary>
internal static class SeriesParts
{
    /// <summary>The samples for which the condition holds.</summary>
    public static MetricSeries Where(this MetricSeries series, Func<DateTimeOffset, int, bool> keep)
    {
        var kept = Enumerable.Range(0, series.Values.Length)
            .Where(i => keep(DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i]), i)).ToArray();
        return kept.Length == series.Values.Length ? series : series with
        {
            UnixMilliseconds = Array.ConvertAll(kept, i => series.UnixMilliseconds[i]),
            Values = Array.ConvertAll(kept, i => series.Values[i]),
        };
    }
}
