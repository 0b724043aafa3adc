using System.Buffers;
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
        var end = incident.End.ToUnixTimeMilliseconds();
        var (first, after) = series.SamplesWithin(incident);
        long? last = after > first ? series.UnixMilliseconds[after - 1] : null;
        if (last >= Math.Min(latest, end - 1))
        {
            return null; // It goes on to the end: most series.
        }

        if (Pace.Of(series, baseline, (first, after)) is not { Samples: >= RobustZScoreDetector.FewestBaselineSamples, Period: > 0 } pace)
        {
            return null;
        }

        var coverage = pace.Samples / Math.Max(pace.Samples, pace.Promised);
        var since = last + (long)pace.Period ?? incident.Start.ToUnixTimeMilliseconds();
        var expected = (int)((Math.Min(latest, end) - since) / pace.Period) + 1;
        if (coverage < LeastCoverage || expected < 1)
        {
            return null;
        }

        var significance = Math.Sqrt(-2 * expected * Math.Log(Math.Max(LeastMissing, 1 - coverage)));
        return significance < RobustZScoreDetector.Threshold
            ? null
            : new Silence(DateTimeOffset.FromUnixTimeMilliseconds(since), expected, significance);
    }

    /// <summary>How often the baseline's samples come.</summary>
    /// <param name="Period">Milliseconds: the median distance of neighbours.</param>
    /// <param name="Promised">Samples that a series without holes would have from the first to the last of each stretch.</param>
    private readonly record struct Pace(int Samples, double Period, double Promised)
    {
        public static Pace Of(MetricSeries series, TimeWindows baseline, (int First, int End) except)
        {
            var distances = ArrayPool<double>.Shared.Rent(series.Values.Length + 1);
            var (samples, count, covered, stretches) = (0, 0, 0L, 0);
            foreach (var stretch in baseline.Stretches)
            {
                var (first, end) = series.SamplesWithin(stretch);
                long? previous = null;
                for (var i = first; i < end; i++)
                {
                    if (i >= except.First && i < except.End)
                    {
                        continue;
                    }

                    var time = series.UnixMilliseconds[i];
                    if (previous is { } before)
                    {
                        distances[count++] = time - before;
                        covered += time - before;
                    }

                    previous = time;
                    samples++;
                }

                stretches += previous is null ? 0 : 1;
            }

            var period = count == 0 ? 0 : Quantile.MedianInPlace(distances.AsSpan(0, count));
            ArrayPool<double>.Shared.Return(distances);
            return new Pace(samples, period, period > 0 ? (covered / period) + stretches : 0);
        }
    }
}
