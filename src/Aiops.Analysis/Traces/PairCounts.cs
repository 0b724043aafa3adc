namespace Aiops.Analysis.Traces;

/// <summary>Compares the counts that <see cref="EventPairs"/> took, and says what is missing or new after which event.</summary>
internal sealed class PairCounts(Func<int, int> current)
{
    private readonly Func<int, int> current = number => number == EventPairs.End ? number : current(number);
    private readonly Dictionary<int, Dictionary<int, TraceCount>> present = [];                              // Event, kind.
    private readonly Dictionary<int, SortedDictionary<int, Dictionary<int, TraceCount>>> next = [];          // Event, its successor, kind.
    private readonly Dictionary<int, Dictionary<int, Dictionary<int, TraceCount>>> previousOfItsOwn = [];    // Successor, event, kind.
    private readonly Dictionary<int, StandardisedShare> presence = [];

    public void AddTraces(Dictionary<(int Kind, int Event), TraceCount> counts)
    {
        foreach (var ((kind, occurrence), traces) in counts)
        {
            Add(present, current(occurrence), current(kind), traces);
        }
    }

    public void AddNext(Dictionary<(int Kind, int Event, int Next), TraceCount> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var successors = next.TryGetValue(current(occurrence), out var known) ? known : next[current(occurrence)] = [];
            Add(successors, current(following), current(kind), traces);
        }
    }

    public void AddNextOfItsOwn(Dictionary<(int Kind, int Event, int Next), TraceCount> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var predecessors = previousOfItsOwn.TryGetValue(current(following), out var known)
                ? known
                : previousOfItsOwn[current(following)] = [];
            Add(predecessors, current(occurrence), current(kind), traces);
        }
    }

    /// <summary>The most certain first; equally certain ones by number.</summary>
    public IReadOnlyList<PairShift> Compare(Func<int, bool> isTrouble)
    {
        var toBeat = Math.Log(Math.Max(1, next.Count));
        return [.. next.Keys
            .SelectMany(after => After(after, isTrouble))
            .Select(shift => shift with { Nats = shift.Nats - toBeat })
            .Where(shift => shift.Nats > 0)
            .OrderByDescending(shift => Math.Round(shift.Nats, 9))
            .ThenBy(shift => shift.After)
            .ThenBy(shift => shift.Event)];
    }

    private IEnumerable<PairShift> After(int after, Func<int, bool> isTrouble)
    {
        var followers = next[after].Select(pair => (Event: pair.Key, Share: ShareOf(present[after], pair.Value))).ToList();
        var trouble = followers.Where(f => f.Event == EventPairs.End || isTrouble(f.Event)).Sum(f => f.Share.Before - f.Share.During);
        var good = followers.Where(f => f.Event != EventPairs.End && !isTrouble(f.Event)).Sum(f => Math.Max(0, f.Share.Before - f.Share.During));
        var isRecovery = trouble > good;
        var traces = Total(present[after]);
        foreach (var (occurrence, share) in followers.Where(f => f.Event != EventPairs.End))
        {
            var isMissing = share.During < share.Before;
            if (isMissing ? !isTrouble(occurrence) : !isRecovery || isTrouble(occurrence))
            {
                var nats = Math.Min(share.Nats, ConfirmedBy(occurrence, isMissing));
                yield return new PairShift(after, occurrence, isMissing, share, nats) { Traces = traces };
            }
        }
    }

    /// <summary>How sure it is that the event itself, wherever it comes, is rarer or more frequent as well.</summary>
    private double ConfirmedBy(int occurrence, bool isMissing)
    {
        if (!presence.TryGetValue(occurrence, out var anywhere))
        {
            var own = present[occurrence];
            presence[occurrence] = anywhere = StandardisedShare.Of(own.OrderBy(pair => pair.Key).Select(pair =>
            {
                var all = present[pair.Key][pair.Key]; // A kind is its first event, which all of its traces hold.
                return new Stratum(all.Before, pair.Value.Before, all.During, pair.Value.During);
            }));
        }

        var shares = previousOfItsOwn.TryGetValue(occurrence, out var predecessors)
            ? predecessors.Select(pair => ShareOf(present[pair.Key], pair.Value)).Append(anywhere)
            : [anywhere];
        return shares.Where(share => isMissing == share.During < share.Before).Select(share => share.Nats).DefaultIfEmpty(0).Max();
    }

    private static StandardisedShare ShareOf(Dictionary<int, TraceCount> all, Dictionary<int, TraceCount> with)
        => StandardisedShare.Of(all.OrderBy(pair => pair.Key).Select(pair =>
        {
            var those = with.GetValueOrDefault(pair.Key);
            return new Stratum(pair.Value.Before, those.Before, pair.Value.During, those.During);
        }));

    private static TraceCount Total(Dictionary<int, TraceCount> kinds)
        => new(kinds.Values.Sum(traces => traces.Before), kinds.Values.Sum(traces => traces.During));

    private static void Add(IDictionary<int, Dictionary<int, TraceCount>> counts, int key, int kind, TraceCount traces)
    {
        var kinds = counts.TryGetValue(key, out var known) ? known : counts[key] = [];
        var sum = kinds.GetValueOrDefault(kind);
        kinds[kind] = new TraceCount(sum.Before + traces.Before, sum.During + traces.During);
    }
}
