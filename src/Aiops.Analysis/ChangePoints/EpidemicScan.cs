using System.Buffers;

namespace Aiops.Analysis.ChangePoints;

/// <summary>
/// The stretch of a window that departs most, upwards, from what is usual: where it begins, ends, and how strongly.
/// </summary>
/// <param name="First">Index of its first sample: the onset.</param>
/// <param name="Last">Index of its last sample.</param>
/// <param name="Strength">
/// Sum of its scores over the root of its length: a standard normal for one fixed stretch of white noise.
/// </param>
/// <param name="Mean">Its mean score.</param>
public readonly record struct EpidemicStretch(int First, int Last, double Strength, double Mean);

/// <summary>
/// Looks for an epidemic change: a mean that rises at an unknown time and may fall back at another [Levin1985].
/// </summary>
/// <remarks>
/// The likelihood-ratio scan with a known usual mean (0) and spread (1), over every stretch. Departures from the paper:
/// the usual level is given by a longer baseline rather than estimated from the window, and no critical value is derived,
/// for samples are neither normal nor independent; the caller compares with the same scan over the baseline.
/// <para>
/// Exact, in O(n log n). With P the sums of the first scores, a stretch is a point (j − i, P[j] − P[i]) and its strength
/// y/√x is quasiconvex where y is positive, so over all pairs of one half's starts and the other half's ends it is highest at
/// a vertex of their Minkowski difference, whose upper hull is the merge of two hulls [Bernholt2009]; the halves are searched
/// in turn. Departure: the halves end in short windows, where the pairs that no shorter one beats are tried one by one. Where no score is positive, no stretch beats the highest single sample. Of equal strengths, the one that begins
/// first wins, then the shortest. Sums that rounding can't tell apart may count as equal.
/// </para>
/// [Levin1985] B. Levin, J. Kline: The cusum test of homogeneity with an application in spontaneous abortion
/// epidemiology, Statistics in Medicine 4 (1985).
/// [Bernholt2009] T. Bernholt, F. Eisenbrand, T. Hofmeister: Constrained Minkowski Sums: A Geometric Framework for Solving
/// Interval Problems in Computational Biology Efficiently, Discrete &amp; Computational Geometry 42 (2009).
/// </remarks>
public static class EpidemicScan
{
    private const int Leaf = 64;     // Prefix sums; in fewer, trying pairs is quicker than hulls.
    private const int OnStack = 256; // Likewise.

    private static readonly double[] Roots = [.. Enumerable.Range(0, Leaf + 1).Select(length => Math.Sqrt(length))];

    /// <param name="scores">Standardized samples in order of time, finite; not empty.</param>
    public static EpidemicStretch Find(ReadOnlySpan<double> scores)
    {
        var highest = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            highest = scores[i] > scores[highest] ? i : highest;
        }

        if (scores.Length == 0 || !(scores[highest] > 0))
        {
            return scores.Length == 0
                ? new EpidemicStretch(0, 0, double.NegativeInfinity, 0)
                : new EpidemicStretch(highest, highest, scores[highest], scores[highest]);
        }

        var best = new Candidate(highest, highest + 1, scores[highest]);
        var count = scores.Length + 1;
        double[]? rented = null;
        int[]? rentedHulls = null;
        var sums = count <= OnStack ? stackalloc double[count] : (rented = ArrayPool<double>.Shared.Rent(count)).AsSpan(0, count);
        sums[0] = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            sums[i + 1] = sums[i] + scores[i];
        }

        if (count <= Leaf)
        {
            TryPairs(sums, 0, ref best);
        }
        else
        {
            rentedHulls = ArrayPool<int>.Shared.Rent(count);
            SearchHalves(sums, 0, count, rentedHulls, ref best);
            ArrayPool<int>.Shared.Return(rentedHulls);
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        return Told(scores, best);
    }

    private static void SearchHalves(ReadOnlySpan<double> sums, int from, int end, Span<int> hulls, ref Candidate best)
    {
        if (end - from <= Leaf)
        {
            TryPairs(sums[from..end], from, ref best);
            return;
        }

        var middle = from + ((end - from) / 2);
        SearchHalves(sums, from, middle, hulls, ref best);
        SearchHalves(sums, middle, end, hulls, ref best);
        SearchAcross(sums, from, middle, end, hulls, ref best);
    }

    /// <summary>
    /// Pairs that no shorter one beats: from its start on, the sum never falls back to where it was, and at its end it is the
    /// highest yet.
    /// </summary>
    private static void TryPairs(ReadOnlySpan<double> sums, int offset, ref Candidate best)
    {
        for (var start = 0; start < sums.Length - 1; start++)
        {
            var (floor, highest) = (sums[start], sums[start]);
            for (var end = start + 1; end < sums.Length && sums[end] > floor; end++)
            {
                if (sums[end] > highest)
                {
                    highest = sums[end];
                    var strength = (highest - floor) / Roots[end - start];
                    if (strength >= best.Strength)
                    {
                        best = best.OrBetter(new Candidate(offset + start, offset + end, strength));
                    }
                }
            }
        }
    }

    /// <summary>
    /// Stretches that begin before the middle and end after it, along the upper hull of the Minkowski difference.
    /// </summary>
    private static void SearchAcross(
        ReadOnlySpan<double> sums, int from, int middle, int end, Span<int> hulls, ref Candidate best)
    {
        var starts = hulls[from..middle];
        var ends = hulls[middle..end];
        var lastStart = HullOf(sums, middle - 1, from - 1, -1, starts);
        var lastEnd = HullOf(sums, middle, end, 1, ends);
        var (s, e) = (0, 0);
        while (true)
        {
            var (start, stop) = (starts[s], ends[e]);
            best = best.OrBetter(new Candidate(start, stop, (sums[stop] - sums[start]) / Math.Sqrt(stop - start)));
            var startSlope = s < lastStart ? (sums[start] - sums[starts[s + 1]]) / (start - starts[s + 1]) : 0;
            var endSlope = e < lastEnd ? (sums[ends[e + 1]] - sums[stop]) / (ends[e + 1] - stop) : 0;
            if (!(startSlope > 0) && !(endSlope > 0))
            {
                return; // From here on, longer and lower.
            }

            if (startSlope >= endSlope)
            {
                s++;
            }

            if (endSlope >= startSlope)
            {
                e++;
            }
        }
    }

    /// <summary>
    /// The rising part of the upper hull seen in the direction of the step: of the ends as they are, or of the starts mirrored
    /// in the origin, for a stretch gains as its start sinks. Answers the index of the last vertex.
    /// </summary>
    private static int HullOf(ReadOnlySpan<double> sums, int first, int beyond, int step, Span<int> hull)
    {
        var last = 0;
        hull[0] = first;
        for (var i = first + step; i != beyond; i += step)
        {
            if (step * (sums[i] - sums[hull[last]]) <= 0)
            {
                continue; // Farther and no better than what the hull already reaches.
            }

            while (last > 0 && TurnsLeft(sums, hull[last - 1], hull[last], i))
            {
                last--;
            }

            hull[++last] = i;
        }

        return last;
    }

    private static bool TurnsLeft(ReadOnlySpan<double> sums, int one, int two, int three)
        => (sums[two] - sums[one]) * (three - two) <= (sums[three] - sums[two]) * (two - one);

    private static EpidemicStretch Told(ReadOnlySpan<double> scores, Candidate best)
    {
        var sum = 0.0;
        foreach (var score in scores[best.Start..best.End])
        {
            sum += score;
        }

        var length = best.End - best.Start;
        return new EpidemicStretch(best.Start, best.End - 1, sum / Math.Sqrt(length), sum / length);
    }

    private readonly record struct Candidate(int Start, int End, double Strength)
    {
        public Candidate OrBetter(Candidate other)
            => other.Strength > Strength
               || (other.Strength >= Strength && (other.Start < Start || (other.Start == Start && other.End < End)))
                ? other
                : this;
    }
}
