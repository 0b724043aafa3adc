using System.Runtime.InteropServices;

namespace Aiops.Accuracy.Storms;

/// <summary>What people group alarms with otherwise. Each has one constant; groups are numbers.</summary>
internal static class StormPeers
{
    public static IReadOnlyList<(string Name, Func<IReadOnlyList<StormAlarm>, TimeSpan, IReadOnlyList<int>> Group)> All { get; } =
    [
        ("time gap", ByGap),
        ("time gap, same entity", ByEntity),
        ("connected within a sliding window", ByConnection),
    ];

    /// <summary>A silence longer than the gap ends a group.</summary>
    private static int[] ByGap(IReadOnlyList<StormAlarm> stream, TimeSpan gap)
    {
        var groups = new int[stream.Count];
        for (var i = 1; i < groups.Length; i++)
        {
            groups[i] = groups[i - 1] + (stream[i].At - stream[i - 1].At > gap ? 1 : 0);
        }

        return groups;
    }

    /// <summary>The same for each entity alone.</summary>
    private static int[] ByEntity(IReadOnlyList<StormAlarm> stream, TimeSpan gap)
    {
        Dictionary<string, (int Group, DateTimeOffset At)> last = new(StringComparer.Ordinal);
        var groups = new int[stream.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            ref var mine = ref CollectionsMarshal.GetValueRefOrAddDefault(last, stream[i].Component, out var known);
            mine = (known && stream[i].At - mine.At <= gap ? mine.Group : i, stream[i].At);
            groups[i] = mine.Group;
        }

        return groups;
    }

    /// <summary>
    /// Alarms at most the window apart that name a component in common are one group, and so is what they connect; groups
    /// grow together afterwards, which no stream could.
    /// </summary>
    private static int[] ByConnection(IReadOnlyList<StormAlarm> stream, TimeSpan window)
    {
        Dictionary<string, int> last = new(StringComparer.Ordinal);
        int[] parents = [.. Enumerable.Range(0, stream.Count)];
        for (var i = 0; i < parents.Length; i++)
        {
            foreach (var name in new[] { stream[i].Component, stream[i].Touched }.OfType<string>())
            {
                if (last.TryGetValue(name, out var before) && stream[i].At - stream[before].At <= window)
                {
                    parents[Root(before)] = Root(i);
                }

                last[name] = i;
            }
        }

        return [.. Enumerable.Range(0, stream.Count).Select(Root)];

        int Root(int i)
        {
            while (parents[i] != i)
            {
                i = parents[i] = parents[parents[i]];
            }

            return i;
        }
    }
}
