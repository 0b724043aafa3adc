namespace Aiops.Analysis.Traces;

/// <summary>Compares the counts that <see cref="EventPairs"/> took, and says what is missing or new after which event.</summary>
/// <param name="sources">The component that each event belongs to.</param>
internal sealed class PairCounts(Func<int, int> current, IReadOnlyDictionary<int, int> sources, OnsetSlots slots)
{
    private readonly Func<int, int> current = number => number == EventPairs.End ? number : current(number);
    private readonly Dictionary<int, Dictionary<int, SlotCounts>> present = [];                              // Event, kind.
    private readonly Dictionary<int, SortedDictionary<int, Dictionary<int, SlotCounts>>> next = [];          // Event, its successor, kind.
    private readonly Dictionary<int, Dictionary<int, Dictionary<int, SlotCounts>>> previousOfItsOwn = [];    // Successor, event, kind.
    private readonly Dictionary<(int Event, int Onset), StandardisedShare> presence = [];
    private readonly Dictionary<(int Trouble, int Onset), StandardisedShare> growth = [];

    public void AddTraces(Dictionary<(int Kind, int Event), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence), traces) in counts)
        {
            Add(present, current(occurrence), current(kind), traces);
        }
    }

    public void AddNext(Dictionary<(int Kind, int Event, int Next), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var successors = next.TryGetValue(current(occurrence), out var known) ? known : next[current(occurrence)] = [];
            Add(successors, current(following), current(kind), traces);
        }
    }

    public void AddNextOfItsOwn(Dictionary<(int Kind, int Event, int Next), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var predecessors = previousOfItsOwn.TryGetValue(current(following), out var known)
                ? known
                : previousOfItsOwn[current(following)] = [];
            Add(predecessors, current(occurrence), current(kind), traces);
        }
    }

    /// <summary>The most certain first, each event after each other at its most likely onset, the latest of equally likely ones; equally certain ones by number.</summary>
    public IReadOnlyList<PairShift> Compare(Func<int, int?> troubleOf)
    {
        var toBeat = Math.Log(Math.Max(1, next.Count)) + Math.Log(OnsetSlots.Count - 1);
        return [.. next.Keys
            .SelectMany(after => Enumerable.Range(1, OnsetSlots.Count - 1).SelectMany(onset => After(after, onset, troubleOf)))
            .Select(shift => shift with { Nats = shift.Nats - toBeat })
            .Where(shift => shift.Nats > 0)
            .OrderByDescending(shift => Math.Round(shift.Nats, 9))
            .ThenBy(shift => shift.After)
            .ThenBy(shift => shift.Event)
            .ThenByDescending(shift => shift.Onset)
            .DistinctBy(shift => (shift.After, shift.Event))];
    }

    private IEnumerable<PairShift> After(int after, int onset, Func<int, int?> troubleOf)
    {
        var all = present[after];
        var followers = next[after].Select(pair => new Follower(pair.Key, ShareOf(all, pair.Value, onset), troubleOf(pair.Key))).ToList();
        if (!followers.Exists(f => f.Share.Nats > 0))
        {
            yield break;
        }

        // What came instead: of known trouble, no more than that the trouble grew; of recovery, nothing.
        var usual = followers.Where(f => f.Trouble is null && f.Event != EventPairs.End && f.Share.Change < 0).ToList();
        var displaced = usual.Count == 0 ? 0 : usual.Max(f => f.Share.Nats);
        var recovered = -followers.Where(f => f.Trouble is not null || f.Event == EventPairs.End).Sum(f => f.Share.Change);
        var isRecovery = recovered > -usual.Sum(f => f.Share.Change);
        var instead = followers.Where(f => f.Share.Change > 0).DefaultIfEmpty().MaxBy(f => f.Share.Change);
        var known = instead.Trouble is { } trouble ? GrowthOf(trouble, onset, troubleOf) : double.PositiveInfinity;
        // Its own doing, before it called: whom it would have called is missed, if at all, by others as well.
        var brokeFirst = instead.Trouble is { } own && sources[instead.Event] == sources[after] && IsOfOneSource(own, troubleOf);
        foreach (var follower in followers.Where(f => f.Event != EventPairs.End && f.Share.Nats > 0))
        {
            var isMissing = follower.Share.Change < 0;
            var most = (isMissing, follower.Trouble) switch
            {
                (true, null) when brokeFirst && sources[follower.Event] != sources[after]
                    => Math.Min(known, MissedElsewhere(follower.Event, sources[after], onset)),
                (true, null) => known,
                (true, _) => 0,
                (false, { } sort) => GrowthOf(sort, onset, troubleOf),
                (false, null) => isRecovery ? 0 : displaced,
            };
            if (most > 0)
            {
                var nats = Math.Min(Math.Min(follower.Share.Nats, most), ConfirmedBy(after, follower.Event, isMissing, onset));
                yield return new PairShift(after, follower.Event, isMissing, follower.Share, nats)
                {
                    Before = all.Values.Sum(kind => kind.Before(onset)),
                    During = all.Values.Sum(kind => kind.Since(onset)),
                    Onset = slots.StartOf(onset),
                };
            }
        }
    }

    /// <summary>How sure it is that this sort of trouble grew, wherever it shows: some systems are never without it.</summary>
    private double GrowthOf(int trouble, int onset, Func<int, int?> troubleOf)
    {
        if (!growth.TryGetValue((trouble, onset), out var share))
        {
            SortedDictionary<int, SlotCounts> kinds = [];
            foreach (var (occurrence, traces) in present.Where(pair => troubleOf(pair.Key) == trouble))
            {
                foreach (var (kind, count) in traces)
                {
                    var sum = kinds.GetValueOrDefault(kind);
                    sum.Add(count);
                    kinds[kind] = sum;
                }
            }

            growth[(trouble, onset)] = share = StandardisedShare.Of(
                kinds.Select(pair => StratumOf(present[pair.Key][pair.Key], pair.Value, onset)));
        }

        return share.Change > 0 ? share.Nats : 0;
    }

    /// <summary>Whether no other component ever shows this sort of trouble: what several show, they may have from a common callee.</summary>
    private bool IsOfOneSource(int trouble, Func<int, int?> troubleOf)
        => present.Keys.Where(occurrence => troubleOf(occurrence) == trouble).Select(occurrence => sources[occurrence]).Distinct().Count() == 1;

    /// <summary>How sure it is that the event is missing after events of yet other components; 0 where it follows none.</summary>
    private double MissedElsewhere(int occurrence, int source, int onset) => next
        .Where(pair => sources[pair.Key] != source && sources[pair.Key] != sources[occurrence] && pair.Value.ContainsKey(occurrence))
        .Select(pair => NatsOf(ShareOf(present[pair.Key], pair.Value[occurrence], onset), isMissing: true))
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>
    /// How sure it is that the event itself, and not only this order, is rarer or more frequent as well: within its component
    /// where the event before is of it, else anywhere in the trace.
    /// </summary>
    private double ConfirmedBy(int after, int occurrence, bool isMissing, int onset)
    {
        var predecessors = previousOfItsOwn.GetValueOrDefault(occurrence);
        if (predecessors?.TryGetValue(after, out var own) == true)
        {
            return NatsOf(ShareOf(present[after], own, onset), isMissing);
        }

        if (!presence.TryGetValue((occurrence, onset), out var anywhere))
        {
            // A kind is its first event, which all of its traces hold.
            presence[(occurrence, onset)] = anywhere = StandardisedShare.Of(present[occurrence]
                .OrderBy(pair => pair.Key)
                .Select(pair => StratumOf(present[pair.Key][pair.Key], pair.Value, onset)));
        }

        var best = NatsOf(anywhere, isMissing);
        foreach (var (predecessor, traces) in predecessors ?? [])
        {
            best = Math.Max(best, NatsOf(ShareOf(present[predecessor], traces, onset), isMissing));
        }

        return best;
    }

    private static double NatsOf(StandardisedShare share, bool isMissing) => isMissing == share.Change < 0 ? share.Nats : 0;

    private static StandardisedShare ShareOf(Dictionary<int, SlotCounts> all, Dictionary<int, SlotCounts> with, int onset)
        => StandardisedShare.Of(all.OrderBy(pair => pair.Key).Select(pair => StratumOf(pair.Value, with.GetValueOrDefault(pair.Key), onset)));

    private static Stratum StratumOf(in SlotCounts all, in SlotCounts with, int onset)
        => new(all.Before(onset), with.Before(onset), all.Since(onset), with.Since(onset));

    private static void Add(IDictionary<int, Dictionary<int, SlotCounts>> counts, int key, int kind, in SlotCounts traces)
    {
        var kinds = counts.TryGetValue(key, out var known) ? known : counts[key] = [];
        var sum = kinds.GetValueOrDefault(kind);
        sum.Add(traces);
        kinds[kind] = sum;
    }

    private readonly record struct Follower(int Event, StandardisedShare Share, int? Trouble);
}
