namespace Aiops.Analysis.Drift;

/// <summary>Sums of the first so many terms of a stream, of which only the later ones are kept.</summary>
internal sealed class CumulativeSums
{
    private double[] sums = new double[16]; // sums[i] is of the first dropped + i terms.
    private int dropped;

    public int Count { get; private set; }

    /// <summary>The sum of the first <paramref name="count"/> terms; not below what was forgotten.</summary>
    public double this[int count] => sums[count - dropped];

    public void Add(double term)
    {
        Count++;
        if (Count - dropped == sums.Length)
        {
            Array.Resize(ref sums, 2 * sums.Length);
        }

        sums[Count - dropped] = sums[Count - dropped - 1] + term;
    }

    /// <summary>Takes back all but the first <paramref name="count"/> terms.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Sums of fewer terms than <paramref name="count"/> won't be asked for again.</summary>
    public void Forget(int count)
    {
        Array.Copy(sums, count - dropped, sums, 0, Count - count + 1);
        dropped = count;
    }
}
