using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Anomalies;

/// <summary>A series that stopped while others went on.</summary>
/// <param name="Since">When its next sample was due.</param>
/// <param name="Expected">Samples that its pace promised since.</param>
/// <param name="Significance">The root of twice the log likelihood of so many missing ones by chance: about standard deviations.</param>
public sealed record Silence(DateTimeOffset Since, int Expected, double Significance)
{
    private const double LeastCoverage = 0.8; // A series with more holes than this is quiet by nature.
    private const double LeastMissing = 0.05; // The chance of a hole is never taken for smaller: nobody has seen enough samples.

    /// <summary>The silence at the end of the incident's window; null when the series goes on, or was sparse before.</summary>
    /// <param name="latest">The latest sample of any series, in Unix milliseconds: what comes after it, nobody has yet.</param>
    public static Silence? Of(MetricSeries series, TimeWindows baseline, TimeWindow incident, long latest)
    {
        var start = incident.Start.ToUnixTimeMilliseconds();
        long[] before = [.. series.UnixMilliseconds.Where(time => StretchOf(time, baseline) >= 0 && StretchOf(time, incident) < 0)];
        if (before.Length < RobustZScoreDetector.FewestBaselineSamples)
        {
            return null;
        }

        var period = Quantile.MedianInPlace([.. before.Zip(before.Skip(1), (one, next) => (double)(next - one))]);
        var promised = before.GroupBy(time => StretchOf(time, baseline)).Sum(stretch => ((stretch.Max() - stretch.Min()) / period) + 1);
        var coverage = before.Length / Math.Max(before.Length, promised);
        var end = incident.End.ToUnixTimeMilliseconds();
        var last = series.UnixMilliseconds.LastOrDefault(time => time >= start && time < end);
        var since = last == 0 ? start : last + (long)period;
        var expected = (int)((Math.Min(latest, end) - since) / period) + 1;
        if (period <= 0 || coverage < LeastCoverage || expected < 1)
        {
            return null;
        }

        var significance = Math.Sqrt(-2 * expected * Math.Log(Math.Max(LeastMissing, 1 - coverage)));
        return significance < RobustZScoreDetector.Threshold
            ? null
            : new Silence(DateTimeOffset.FromUnixTimeMilliseconds(since), expected, significance);
    }

    private static int StretchOf(long time, TimeWindows windows) => windows.IndexOf(DateTimeOffset.FromUnixTimeMilliseconds(time));
}
