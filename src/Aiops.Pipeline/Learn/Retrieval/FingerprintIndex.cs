using System.Runtime.InteropServices;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>How alike a fingerprint is to each of many.</summary>
/// <remarks>
/// A weighted mean of overlaps (shared over all, of the smaller side), over the parts that both sides know: what one of them
/// doesn't know neither helps nor harms, and a single thing known to both can't make them alike beyond its weight's share.
/// </remarks>
internal sealed class FingerprintIndex
{
    private const double Known = 0.5; // The share of weights below which knowing little is held against a likeness.

    private readonly Dictionary<string, List<int>>[] postings;
    private readonly int[][] sizes;
    private readonly IReadOnlyList<string>[][] values;

    public FingerprintIndex(IReadOnlyList<PastCase> cases)
    {
        var parts = FingerprintParts.All.Count;
        postings = [.. Enumerable.Range(0, parts).Select(_ => new Dictionary<string, List<int>>(StringComparer.Ordinal))];
        sizes = [.. Enumerable.Range(0, parts).Select(_ => new int[cases.Count])];
        values = [.. cases.Select(past => FingerprintParts.Of(past.Fingerprint, past.Component))];
        for (var i = 0; i < values.Length; i++)
        {
            for (var part = 0; part < parts; part++)
            {
                sizes[part][i] = values[i][part].Count;
                foreach (var value in values[i][part])
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(postings[part], value, out _) ??= []).Add(i);
                }
            }
        }
    }

    /// <returns>0 to 1 for each, in their order.</returns>
    public double[] Similarities(IReadOnlyList<string>[] now)
    {
        var count = values.Length;
        var (sums, known, shared) = (new double[count], new double[count], new int[count]);
        for (var part = 0; part < now.Length; part++)
        {
            if (now[part].Count == 0)
            {
                continue;
            }

            Array.Clear(shared);
            foreach (var value in now[part])
            {
                foreach (var one in CollectionsMarshal.AsSpan(postings[part].GetValueOrDefault(value)))
                {
                    shared[one]++;
                }
            }

            var weight = FingerprintParts.All[part].Weight;
            for (var i = 0; i < count; i++)
            {
                if (sizes[part][i] > 0)
                {
                    known[i] += weight;
                    sums[i] += weight * shared[i] / Math.Min(sizes[part][i], now[part].Count);
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            sums[i] /= Math.Max(known[i], Known);
        }

        return sums;
    }

    /// <summary>What the two share, part by part.</summary>
    public IReadOnlyList<SharedPart> Shared(int one, IReadOnlyList<string>[] now) => [.. FingerprintParts.All
        .Select((part, i) => new SharedPart(part.Phrase, [.. now[i].Intersect(values[one][i], StringComparer.Ordinal)]))
        .Where(part => part.Values.Count > 0)];
}
