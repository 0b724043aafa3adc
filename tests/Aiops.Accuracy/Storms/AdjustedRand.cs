using System.Runtime.InteropServices;

namespace Aiops.Accuracy.Storms;

/// <summary>
/// The adjusted Rand index [Hubert1985]: how far two groupings of the same items agree on pairs, 0 by chance, 1 wholly.
/// </summary>
/// <remarks>[Hubert1985] L. Hubert, P. Arabie: Comparing Partitions, Journal of Classification 2 (1985).</remarks>
internal static class AdjustedRand
{
    /// <summary>One fault: how many of its alarms went to which group.</summary>
    public sealed record Row(IReadOnlyList<(int Group, int Count)> Cells);

    /// <param name="faults">Of each alarm, in the order of <paramref name="groups"/>.</param>
    public static IReadOnlyList<Row> Rows(IReadOnlyList<string> faults, IReadOnlyList<int> groups)
        => [.. faults.Zip(groups)
            .GroupBy(pair => pair.First, StringComparer.Ordinal)
            .OrderBy(fault => fault.Key, StringComparer.Ordinal)
            .Select(fault => new Row([.. fault.GroupBy(pair => pair.Second).Select(group => (group.Key, group.Count()))]))];

    /// <summary>
    /// What is drawn together for an interval: faults that share a group. Drawn one by one, the two that were taken for one
    /// would often come alone, and the mistake would be gone.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Row>> Units(IReadOnlyList<Row> rows)
    {
        var unit = Enumerable.Range(0, rows.Count).ToArray();
        Dictionary<int, int> first = [];
        for (var i = 0; i < unit.Length; i++)
        {
            foreach (var (group, _) in rows[i].Cells)
            {
                if (!first.TryAdd(group, i))
                {
                    var (one, other) = (unit[first[group]], unit[i]);
                    for (var j = 0; j <= i; j++)
                    {
                        unit[j] = unit[j] == other ? one : unit[j];
                    }
                }
            }
        }

        return [.. rows.Zip(unit)
            .GroupBy(pair => pair.Second)
            .Select(faults => (IReadOnlyList<Row>)[.. faults.Select(pair => pair.First)])];
    }

    /// <summary>
    /// Of a sample of faults. One that was drawn again is a fault of its own, and its groups are others than those of the first
    /// draw: else the drawing would look like a mistake of the grouping.
    /// </summary>
    /// <returns>1 where nothing could be told apart: a single item, or both groupings trivial in the same way.</returns>
    public static double Of(IReadOnlyList<Row> sample)
    {
        Dictionary<Row, int> draws = new(ReferenceEqualityComparer.Instance);
        Dictionary<(int Group, int Draw), long> sizes = [];
        double items = 0, together = 0, inFaults = 0;
        foreach (var row in sample)
        {
            ref var draw = ref CollectionsMarshal.GetValueRefOrAddDefault(draws, row, out _);
            long size = 0;
            foreach (var (group, count) in row.Cells)
            {
                together += Pairs(count);
                size += count;
                CollectionsMarshal.GetValueRefOrAddDefault(sizes, (group, draw), out _) += count;
            }

            draw++;
            items += size;
            inFaults += Pairs(size);
        }

        var inGroups = sizes.Values.Sum(Pairs);
        var expected = Pairs(items) == 0 ? 0 : inFaults * inGroups / Pairs(items);
        var most = (inFaults + inGroups) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double Pairs(double count) => count * (count - 1) / 2;

    private static double Pairs(long count) => Pairs((double)count);
}
