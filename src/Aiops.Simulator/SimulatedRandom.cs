using System.Numerics;

namespace Aiops.Simulator;

/// <summary>
/// Chance that repeats: a stream of its own for each (seed, purpose), so that adding a metric leaves every other as it was.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014). Everything is made of + - * / alone, never of the platform's sine or exponential,
/// so that x64 and arm64 simulate the same incident to the last digit.
/// </remarks>
public sealed class SimulatedRandom
{
    private ulong state;

    public SimulatedRandom(long seed, string purpose)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        state = hash ^ BitOperations.RotateLeft((ulong)seed * 0x9E3779B97F4A7C15UL, 23);
        Next();
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 up to, not including, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>Both ends included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)(Next() % (ulong)items.Count)];

    /// <summary>Mean 0, deviation 1: the sum of twelve units (Irwin-Hall), which ends at ±6.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum;
    }

    /// <summary>A factor with mean 1 and a long upper tail (lognormal).</summary>
    public double Spread(double sigma) => Exponential((sigma * Normal()) - (sigma * sigma / 2));

    /// <summary>How many of many rare events happened: Poisson, by its normal approximation above 30.</summary>
    public double Count(double mean)
    {
        if (mean > 30)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var limit = Exponential(-mean);
        var product = Unit();
        var count = 0;
        while (product > limit)
        {
            count++;
            product *= Unit();
        }

        return count;
    }

    public string Hex(int digits)
    {
        Span<char> text = stackalloc char[digits];
        for (var i = 0; i < digits; i++)
        {
            text[i] = "0123456789abcdef"[(int)(Next() >> 60)];
        }

        return text.ToString();
    }

    /// <summary>An id of the usual 8-4-4-4-12 shape.</summary>
    public string Id() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";

    /// <summary>e^x as (1 + x/1024)^1024; within 0.5 % for |x| below 3.</summary>
    internal static double Exponential(double x)
    {
        var power = Math.Max(0, 1 + (x / 1024));
        for (var i = 0; i < 10; i++)
        {
            power *= power;
        }

        return power;
    }
}
