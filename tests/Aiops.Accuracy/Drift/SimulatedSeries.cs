namespace Aiops.Accuracy.Drift;

/// <summary>
/// Seeded series of measurements by build, the five kinds of verdict injected in turn, on noise of several shapes: normal,
/// autocorrelated, heavy-tailed, skewed, clustered, partly of the build; with changing spread, spikes and levels that return.
/// </summary>
/// <remarks>
/// A regression rises by 1, 1.5, 2, 3 or 5 standard deviations of its noise, which are 2 to 15 % of the level; two in five
/// climb over 15 to 60 builds; of the jumps by two or more, one in three is over after 40 to 60 builds.
/// </remarks>
internal static class SimulatedSeries
{
    public static readonly double[] Sizes = [1, 1.5, 2, 3, 5];

    private static readonly NoiseShape[] Mild = [NoiseShape.Normal, NoiseShape.Correlated, NoiseShape.StronglyCorrelated];
    private static readonly NoiseShape[] Any = Enum.GetValues<NoiseShape>();
    private static readonly NoiseShape[] Wide =
        [NoiseShape.Normal, NoiseShape.Correlated, NoiseShape.Skewed, NoiseShape.Clustered];

    public static List<LabelledSeries> Draw(int count, int seed)
        => [.. Enumerable.Range(0, count).Select(i => Draw((VerdictKind)(i % 5), i / 5, new Random((seed * 100_003) + i)))];

    private static LabelledSeries Draw(VerdictKind kind, int turn, Random random) => kind switch
    {
        VerdictKind.Regression => Regression(Sizes[turn % Sizes.Length], random),
        VerdictKind.Spike => Spiky(random),
        VerdictKind.HighDeviation => Plain(kind, Pick(Wide, random), Between(0.08, 0.25, random), random),
        VerdictKind.BuildDependent => OfBuilds(random),
        _ => Plain(kind, Pick(Mild, random), Between(0.005, 0.03, random), random),
    };

    /// <summary>One level; in one series of two the spread grows by half, or doubles, on the way.</summary>
    private static LabelledSeries Plain(VerdictKind kind, NoiseShape shape, double spread, Random random)
    {
        var builds = Builds(random.Next(60, 250), random.Next(1, 5), random);
        var noise = new SimulatedNoise(shape, random);
        var wider = random.Next(2) == 0 ? random.Next(builds.Length / 4, builds.Length) : builds.Length;
        var factor = kind == VerdictKind.Stable ? Between(1.3, 1.6, random) : Between(1.5, 2, random);
        var values = Levelled(builds, random, spread, i => noise.Next(IsFirst(builds, i)) * (i >= wider ? factor : 1));
        return new LabelledSeries(Named(kind, shape), kind, builds, values);
    }

    /// <summary>One measurement in 25 to 60 is 6 to 20 deviations out, one in four of these with its neighbour.</summary>
    private static LabelledSeries Spiky(Random random)
    {
        var shape = Pick(Mild, random);
        var builds = Builds(random.Next(80, 250), random.Next(1, 5), random);
        var noise = new SimulatedNoise(shape, random);
        var rate = 1.0 / random.Next(25, 60);
        var left = 0;
        var values = Levelled(builds, random, Between(0.02, 0.04, random), i =>
        {
            left = left > 0 ? left - 1 : random.NextDouble() < rate ? 1 + (random.Next(4) == 0 ? 1 : 0) : 0;
            return noise.Next(IsFirst(builds, i)) + (left > 0 ? Between(6, 20, random) : 0);
        });
        return new LabelledSeries(Named(VerdictKind.Spike, shape), VerdictKind.Spike, builds, values);
    }

    /// <summary>Builds scatter 1.5 to 3 times as widely as the measurements of one do.</summary>
    private static LabelledSeries OfBuilds(Random random)
    {
        var builds = Builds(random.Next(60, 200), random.Next(2, 5), random);
        var noise = new SimulatedNoise(NoiseShape.Normal, random);
        var ratio = Between(1.5, 3, random);
        var ofBuild = 0.0;
        var values = Levelled(builds, random, Between(0.01, 0.08, random), i =>
        {
            ofBuild = IsFirst(builds, i) ? ratio * noise.Normal() : ofBuild;
            return ofBuild + noise.Normal();
        });
        const VerdictKind Kind = VerdictKind.BuildDependent;
        return new LabelledSeries(Named(Kind, NoiseShape.Normal), Kind, builds, values);
    }

    private static LabelledSeries Regression(double size, Random random)
    {
        var shape = Pick(Any, random);
        var builds = Builds(random.Next(150, 260), random.Next(1, 5), random);
        var starts = Enumerable.Range(0, builds.Length).Where(i => IsFirst(builds, i)).ToArray();
        var changedBuild = random.Next(50, starts.Length - 80);
        var climb = random.Next(5) < 2 ? random.Next(15, 61) : 0;
        var stays = climb > 0 || size < 2 || random.Next(3) > 0;
        var change = starts[changedBuild];
        var climbEnd = starts[changedBuild + climb];
        var end = stays ? builds.Length : starts[changedBuild + random.Next(40, 61)];
        var noise = new SimulatedNoise(shape, random);
        var values = Levelled(builds, random, Between(0.02, 0.15, random), i =>
        {
            var share = i < change || i >= end ? 0 : i >= climbEnd ? 1 : (double)(i - change + 1) / (climbEnd - change);
            return noise.Next(IsFirst(builds, i)) + (size * share);
        });
        return new LabelledSeries(Named(VerdictKind.Regression, shape), VerdictKind.Regression, builds, values)
        {
            Change = change,
            ClimbEnd = climbEnd,
            Return = end,
            Size = size,
        };
    }

    private static double[] Levelled(long[] builds, Random random, double spread, Func<int, double> deviation)
    {
        var level = Math.Pow(10, Between(0, 4, random));
        return [.. Enumerable.Range(0, builds.Length).Select(i => level * (1 + (spread * deviation(i))))];
    }

    private static long[] Builds(int count, int typical, Random random)
        => [.. Enumerable.Range(0, count).SelectMany(build => Enumerable.Repeat(1_000L + build, random.Next(1, 2 * typical)))];

    private static bool IsFirst(long[] builds, int i) => i == 0 || builds[i] != builds[i - 1];

    private static T Pick<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];

    private static double Between(double low, double high, Random random) => low + ((high - low) * random.NextDouble());

    private static string Named(VerdictKind kind, NoiseShape shape) => $"{kind} {shape}";
}
