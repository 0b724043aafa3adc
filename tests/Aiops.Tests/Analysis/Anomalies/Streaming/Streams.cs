using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

/// <summary>Series of one point every five minutes, from a seed.</summary>
internal static class Streams
{
    public const int ADay = 288;
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly long Start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, default).ToUnixTimeMilliseconds(); // A Monday.

    public static long At(int point) => Start + (point * (long)Step.TotalMilliseconds);

    /// <summary>Normal noise of deviation 1 around 100.</summary>
    public static double[] Noise(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 100 + Normal(random))];
    }

    /// <summary>The same with a wave of amplitude 20 a day.</summary>
    public static double[] Daily(int seed, int length)
        => [.. Noise(seed, length).Select((value, i) => value + (20 * Math.Sin(2 * Math.PI * i / ADay)))];

    public static StreamingVerdict[] Judge(double[] values, Func<int, long>? at = null)
    {
        var detector = new StreamingDetector();
        return [.. values.Select((value, i) => detector.Next((at ?? At)(i), value))];
    }

    /// <summary>The points that alarm.</summary>
    public static int[] AlarmsOf(double[] values, Func<int, long>? at = null)
        => [.. Judge(values, at).Index().Where(verdict => verdict.Item.Alarm).Select(verdict => verdict.Index)];

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
