namespace Aiops.Analysis.Traces;

/// <summary>What kind each trace is of: the request that it serves, told by its first event.</summary>
/// <remarks>
/// A trace whose first line was lost begins with its second. So where an event begins traces, and stands within those of one
/// other kind more than twice as often (a line is kept sooner than lost, twice as often and more), its traces are of that kind.
/// </remarks>
internal sealed class TraceKinds
{
    private const int Kept = 2;

    private readonly Dictionary<int, int> within = [];
    private readonly Dictionary<int, SlotCounts> traces = [];

    /// <param name="present">For each event the traces that hold it, by the event that they begin with.</param>
    public TraceKinds(IReadOnlyDictionary<int, Dictionary<int, SlotCounts>> present)
    {
        var first = present.Where(pair => pair.Value.ContainsKey(pair.Key)).OrderBy(pair => pair.Key).ToList();
        foreach (var (occurrence, holding) in first)
        {
            var (kind, most) = holding.Where(pair => pair.Key != occurrence)
                .Select(pair => (pair.Key, pair.Value.Total))
                .OrderByDescending(pair => pair.Total)
                .ThenBy(pair => pair.Key)
                .FirstOrDefault();
            if (most > Kept * holding[occurrence].Total)
            {
                within[occurrence] = kind; // Which has more traces of its own, so this never leads round in a circle.
            }
        }

        foreach (var (occurrence, holding) in first)
        {
            var sum = traces.GetValueOrDefault(Of(occurrence));
            sum.Add(holding[occurrence]);
            traces[Of(occurrence)] = sum;
        }
    }

    /// <param name="first">The event that the trace begins with.</param>
    public int Of(int first)
    {
        while (within.TryGetValue(first, out var kind))
        {
            first = kind;
        }

        return first;
    }

    /// <summary>All traces of the kind.</summary>
    public SlotCounts TracesOf(int kind) => traces[kind];

    /// <summary>The same counts by kind.</summary>
    /// <param name="byFirst">Traces by the event that they begin with.</param>
    public Dictionary<int, SlotCounts> Merge(Dictionary<int, SlotCounts> byFirst)
    {
        Dictionary<int, SlotCounts> merged = [];
        foreach (var (first, count) in byFirst)
        {
            var sum = merged.GetValueOrDefault(Of(first));
            sum.Add(count);
            merged[Of(first)] = sum;
        }

        return merged;
    }
}
