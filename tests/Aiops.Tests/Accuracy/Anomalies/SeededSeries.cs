using Aiops.Accuracy.Anomalies;

namespace Aiops.Tests.Accuracy.Anomalies;

/// <summary>
/// Two weeks of a point every five minutes, with a day's season, noise and one injected anomaly, all from a seed.
/// </summary>
internal static class SeededSeries
{
    private const int ADay = 288;
    private const int Length = 14 * ADay;
    private const int HalfWindow = 200; // The benchmark's: a tenth of the series, around the anomaly's start.
    private static readonly string[] Kinds = ["spike", "shift", "flatline", "missing-season", "burst", "none"];

    public static IReadOnlyList<NabSeries> Corpus(int each)
        => [.. from kind in Kinds from seed in Enumerable.Range(0, each) select Of(kind, seed)];

    private static NabSeries Of(string kind, int seed)
    {
        var random = new Random((31 * seed) + kind.Length);
        var level = Math.Pow(10, 1 + (4 * random.NextDouble()));
        var (wave, noise) = (random.NextDouble(), 0.02 + (0.08 * random.NextDouble()));
        var at = random.Next(6 * ADay, 12 * ADay);
        var lasts = random.Next(ADay / 2, ADay);
        var daily = kind == "missing-season" ? 1.5 : wave;
        var values = new double[Length];
        for (var i = 0; i < Length; i++)
        {
            var within = i >= at && i < at + lasts;
            var season = kind == "missing-season" && within ? 0 : daily * Math.Max(0, Math.Sin(2 * Math.PI * i / ADay));
            var extra = kind switch
            {
                "spike" when i == at => 8 * Math.Max(noise, 0.1),
                "shift" when within => 6 * noise,
                "burst" when within && random.Next(4) == 0 => 10 * noise,
                _ => 0,
            };
            var usual = level * (1 + season + extra + (noise * Normal(random)));
            values[i] = kind == "flatline" && within && i > at ? values[at] : usual;
        }

        return new NabSeries(
            $"{kind}/{seed}.csv",
            [.. Enumerable.Range(0, Length).Select(i => $"{i}")],
            [.. Enumerable.Range(0, Length).Select(i => i * 300_000L)],
            values,
            kind == "none" ? [] : [new NabWindow(at - HalfWindow, at + HalfWindow)]);
    }

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
