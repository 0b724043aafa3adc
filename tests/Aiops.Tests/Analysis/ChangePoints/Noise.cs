namespace Aiops.Tests.Analysis.ChangePoints;

/// <summary>Seeded noise.</summary>
internal static class Noise
{
    public static double[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Normal(random))];
    }

    /// <summary>An autoregression of the first order with unit variance.</summary>
    public static double[] Autoregressive(int count, double coefficient, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        var last = Normal(random);
        for (var i = 0; i < count; i++)
        {
            values[i] = last;
            last = (coefficient * last) + (Math.Sqrt(1 - (coefficient * coefficient)) * Normal(random));
        }

        return values;
    }

    public static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
