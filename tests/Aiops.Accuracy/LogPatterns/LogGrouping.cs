namespace Aiops.Accuracy.LogPatterns;

/// <summary>How well groups of lines agree with labelled events.</summary>
internal static class LogGrouping
{
    /// <summary>The share of lines whose group holds exactly the lines of their event [Zhu2019].</summary>
    /// <remarks>[Zhu2019] J. Zhu, S. He, J. Liu et al.: Tools and Benchmarks for Automated Log Parsing, ICSE-SEIP 2019.</remarks>
    /// <param name="groups">A group for each line; equal objects are one group.</param>
    public static double Accuracy<T>(IReadOnlyList<T> groups, IReadOnlyList<string> events)
        where T : notnull
    {
        var (lines, ofEvent) = (Parts(groups, 0), Parts(events, 0));
        var right = lines.Values.Where(own => own.SetEquals(ofEvent[events[own.First()]])).Sum(own => own.Count);
        return right / (double)events.Count;
    }

    /// <summary>F1 of "this line's pattern was never seen in the first half", over the lines of the second half.</summary>
    /// <returns>1 when nothing is new and nothing was called new.</returns>
    public static double NewLineF1<T>(IReadOnlyList<T> groups, IReadOnlyList<string> events)
        where T : notnull
    {
        var half = events.Count / 2;
        var (knownGroups, knownEvents) = (groups.Take(half).ToHashSet(), events.Take(half).ToHashSet());
        var (both, called, really) = (0, 0, 0);
        for (var i = half; i < events.Count; i++)
        {
            var (isCalled, isReally) = (!knownGroups.Contains(groups[i]), !knownEvents.Contains(events[i]));
            both += isCalled && isReally ? 1 : 0;
            called += isCalled ? 1 : 0;
            really += isReally ? 1 : 0;
        }

        return F1(both, called, really);
    }

    /// <summary>F1 over templates: one called new is right if its lines are exactly those of a new event.</summary>
    /// <returns>1 when nothing is new and nothing was called new.</returns>
    public static double NewPatternF1<T>(IReadOnlyList<T> groups, IReadOnlyList<string> events)
        where T : notnull
    {
        var half = events.Count / 2;
        var (called, really) = (NewParts(groups, half), NewParts(events, half));
        var both = called.Count(part => really.TryGetValue(part.Key, out var lines) && lines.SetEquals(part.Value));
        return F1(both, called.Count, really.Count);
    }

    /// <summary>The lines of each part that first appears in the second half, by the first of them.</summary>
    private static Dictionary<int, HashSet<int>> NewParts<T>(IReadOnlyList<T> parts, int half)
        where T : notnull
    {
        var known = parts.Take(half).ToHashSet();
        return Parts(parts, half)
            .Where(part => !known.Contains(part.Key))
            .Select(part => part.Value)
            .ToDictionary(lines => lines.Min());
    }

    private static Dictionary<T, HashSet<int>> Parts<T>(IReadOnlyList<T> parts, int from)
        where T : notnull
        => Enumerable.Range(from, parts.Count - from)
            .GroupBy(i => parts[i])
            .ToDictionary(part => part.Key, part => part.ToHashSet());

    private static double F1(int both, int called, int really) => called + really == 0 ? 1 : 2.0 * both / (called + really);
}
