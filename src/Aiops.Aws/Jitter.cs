namespace Aiops.Aws;

/// <summary>Draws for jitter that several threads may make at once, which a <see cref="Random"/> with a seed doesn't bear.</summary>
public static class Jitter
{
    /// <returns>Draws in [0, 1).</returns>
    public static Func<double> From(Random random) => () =>
    {
        lock (random)
        {
            return random.NextDouble();
        }
    };
}
