namespace Aiops.Accuracy.Figures;

/// <summary>The percentile interval of a statistic over cases drawn again with replacement [Efron1979], from a fixed seed.</summary>
/// <remarks>[Efron1979] B. Efron: Bootstrap Methods: Another Look at the Jackknife, Ann. Statist. 7 (1979).</remarks>
internal static class BootstrapInterval
{
    private const int Draws = 2_000;
    private const int Seed = 20_793;

    /// <param name="statistic">Of a sample of the cases, as long as they are; must bear repeated cases.</param>
    public static Interval Of<T>(IReadOnlyList<T> cases, Func<IReadOnlyList<T>, double> statistic)
    {
        if (cases.Count == 0)
        {
            return new Interval(double.NaN, double.NaN);
        }

        var random = new Random(Seed);
        var values = new double[Draws];
        var sample = new T[cases.Count];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < sample.Length; i++)
            {
                sample[i] = cases[random.Next(cases.Count)];
            }

            values[draw] = statistic(sample);
        }

        Array.Sort(values);
        return new Interval(values[(int)(0.025 * Draws)], values[(int)(0.975 * Draws) - 1]);
    }
}
