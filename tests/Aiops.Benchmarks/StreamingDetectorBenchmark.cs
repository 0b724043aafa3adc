using Aiops.Analysis.Anomalies.Streaming;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// Points through the streaming detector at the settings of the accuracy suites, on one core: many points of one series, and the
/// points of many series in turn, as a collector delivers them. <c>-- --filter *StreamingDetector*</c>; points/s is
/// <see cref="Points"/> over the mean.
/// </summary>
[MemoryDiagnoser]
public class StreamingDetectorBenchmark
{
    private StreamingDetector[] detectors = [];
    private double[] values = [];
    private long now;

    [Params(10_000, 100_000, 1_000_000)]
    public int Points { get; set; }

    /// <summary>10,000 series no longer fit the processor's caches.</summary>
    [Params(1, 100, 10_000)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Learn()
    {
        var random = new Random(1);
        values = [.. Enumerable.Range(0, 288).Select(i => 100 + (20 * Math.Sin(2 * Math.PI * i / 288)) + random.NextDouble())];
        detectors = [.. Enumerable.Range(0, Series).Select(_ => new StreamingDetector())];
        for (var i = 0; i < 600; i++)
        {
            now += 300_000;
            foreach (var detector in detectors)
            {
                detector.Next(now, values[i % values.Length]);
            }
        }
    }

    [Benchmark]
    public int Judge()
    {
        var alarms = 0;
        for (var i = 0; i < Points; i++)
        {
            var series = i % Series;
            now += series == 0 ? 300_000 : 0;
            alarms += detectors[series].Next(now, values[i % values.Length]).Alarm ? 1 : 0;
        }

        return alarms;
    }
}
