namespace Aiops.Analysis.Traces;

/// <summary>A uniform sample of a stream in bounded memory: algorithm R [Vitter1985], seeded, so that replays repeat.</summary>
/// <remarks>[Vitter1985] J. S. Vitter: Random Sampling with a Reservoir, ACM TOMS 11 (1985).</remarks>
internal sealed class Reservoir
{
    private const int Size = 1_024; // Places a median within 3 % of rank, 19 times in 20.

    private readonly List<double> sample = [];
    private Random? random;
    private long seen;

    public void Add(double value)
    {
        seen++;
        if (sample.Count < Size)
        {
            sample.Add(value);
            return;
        }

        random ??= new Random(Size);
        var place = random.NextInt64(seen);
        if (place < Size)
        {
            sample[(int)place] = value;
        }
    }

    public double[] Ascending()
    {
        var values = sample.ToArray();
        Array.Sort(values);
        return values;
    }

    /// <summary>Median and median absolute deviation; zeros when nothing was seen.</summary>
    public (double Median, double Spread) MedianAndSpread()
    {
        if (sample.Count == 0)
        {
            return default;
        }

        var values = sample.ToArray();
        var median = Quantile.MedianInPlace(values);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }

        return (median, Quantile.MedianInPlace(values));
    }
}
