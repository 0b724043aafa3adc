namespace Aiops.Analysis;

/// <summary>Order statistics.</summary>
public static class Quantile
{
    /// <summary>Sorts the values and answers their median: the mean of the two middle ones for an even count. Not empty.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
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
}
