using Aiops.Analysis.Drift;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// What following a series costs, at the settings of the suite <c>sap</c>: <c>-- --filter *Drift*</c>. Time is for the whole
/// series, so it
/// should grow with its length and no faster.
/// </summary>
[MemoryDiagnoser]
public class DriftBenchmark
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private double[] values = [];
    private BreachWatch filled = new(new BreachSettings(1_000));

    [Params(500, 5_000, 50_000)]
    public int Measurements { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(Measurements);
        values = [.. Enumerable.Range(0, Measurements).Select(_ => 100 + random.NextDouble() + random.NextDouble())];
        filled = Followed();
    }

    /// <summary>A deployment every third measurement.</summary>
    [Benchmark]
    public DriftVerdict? Follow()
    {
        var detector = new DriftDetector(new DriftSettings());
        DriftVerdict? last = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (i % 3 == 0)
            {
                detector.Deploy(new Deployment(i, "build"));
            }

            last = detector.Add(new Measurement(i, values[i]));
        }

        return last;
    }

    [Benchmark]
    public BreachWatch Followed()
    {
        var watch = new BreachWatch(new BreachSettings(1_000));
        for (var i = 0; i < values.Length; i++)
        {
            watch.Add(Start.AddMinutes(i), values[i]);
        }

        return watch;
    }

    [Benchmark]
    public BreachForecast Forecast() => filled.Forecast();
}
