using System.Numerics;

namespace Aiops.Analysis;

/// <summary>Order statistics.</summary>
public static class Quantile
{
    private const int FewEnoughToSort = 24;

    /// <summary>Orders the values in part and answers their median: the mean of the two middle ones for an even count. Not empty.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        var middle = values.Length / 2;
        var upper = SelectInPlace(values, middle);
        return values.Length % 2 == 1 ? upper : (LargestOf(values[..middle]) + upper) / 2;
    }

    /// <summary>
    /// The value that would stand at the index if the values were sorted; smaller or equal ones then stand before it. Linear
    /// time on average: Hoare's FIND, with the median of three as pivot, and a sort where that goes wrong [Musser1997].
    /// </summary>
    /// <remarks>[Musser1997] D. R. Musser: Introspective Sorting and Selection Algorithms, Software: Practice and Experience 27 (1997).</remarks>
    public static double SelectInPlace(Span<double> values, int index)
    {
        var (from, to) = (0, values.Length - 1);
        var patience = 2 * BitOperations.Log2((uint)values.Length | 1);
        while (to - from >= FewEnoughToSort && patience-- > 0)
        {
            var pivot = MedianOf(values[from], values[(from + to) / 2], values[to]);
            var (low, high) = (from, to);
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            if (index <= high)
            {
                to = high;
            }
            else if (index >= low)
            {
                from = low;
            }
            else
            {
                return values[index];
            }
        }

        values[from..(to + 1)].Sort();
        return values[index];
    }

    /// <summary>Linear between neighbours (type 7 of Hyndman and Fan, 1996), on ascending values; not empty.</summary>
    public static double OfSorted(ReadOnlySpan<double> ascending, double share)
    {
        var position = share * (ascending.Length - 1);
        var below = (int)position;
        return below + 1 < ascending.Length
            ? ascending[below] + ((position - below) * (ascending[below + 1] - ascending[below]))
            : ascending[below];
    }

    private static double MedianOf(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static double LargestOf(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
