using Aiops.Analysis.ChangePoints;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// How the scan for the strongest stretch grows with the window, beside trying every stretch: <c>-- --filter *ChangePoint*</c>.
/// </summary>
[MemoryDiagnoser]
public class ChangePointBenchmark
{
    private double[] scores = [];

    [Params(30, 120, 600, 2_400)]
    public int Samples { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(Samples);
        scores = [.. Enumerable.Range(0, Samples).Select(_ => random.NextDouble() + random.NextDouble() - 1)];
    }

    [Benchmark]
    public EpidemicStretch EpidemicScanFind() => EpidemicScan.Find(scores);

    /// <summary>As a baseline of 600 samples is scanned: every half-overlapping window of 30.</summary>
    [Benchmark]
    public double WindowsOfThirty()
    {
        var highest = 0.0;
        for (var i = 0; i + 30 <= scores.Length; i += 15)
        {
            highest = Math.Max(highest, EpidemicScan.Find(scores.AsSpan(i, 30)).Strength);
        }

        return highest;
    }

    [Benchmark(Baseline = true)]
    public double EveryStretch()
    {
        var best = double.NegativeInfinity;
        for (var first = 0; first < scores.Length; first++)
        {
            var sum = 0.0;
            for (var last = first; last < scores.Length; last++)
            {
                sum += scores[last];
                best = Math.Max(best, sum / Math.Sqrt(last - first + 1));
            }
        }

        return best;
    }

    [Benchmark]
    public LocatedShift? LocateShift() => ShiftLocation.Find(scores);
}
