namespace Aiops.Analysis.Traces;

/// <summary>Compares the counts that <see cref="EventPairs"/> took, and says what is missing or new after which event.</summary>
/// <param name="current">The number that an event goes by now; what was counted of events that have become one is added up.</param>
/// <param name="sources">The component that each event belongs to, by its number now.</param>
internal sealed class PairCounts(Func<int, int> current, IReadOnlyDictionary<int, int> sources, OnsetSlots slots)
{
    private readonly Func<int, int> current = number => number == EventPairs.End ? number : current(number);
    // By event and kind; by event, its successor and kind; by successor, the event before it and kind.
    private readonly Dictionary<int, Dictionary<int, SlotCounts>> present = [];
    private readonly Dictionary<int, SortedDictionary<int, Dictionary<int, SlotCounts>>> next = [];
    private readonly Dictionary<int, Dictionary<int, Dictionary<int, SlotCounts>>> previousOfItsOwn = [];
    private readonly Dictionary<(int Event, int Onset), StandardisedShare> presence = [];
    private readonly Dictionary<(int Trouble, int Onset), StandardisedShare> growth = [];
    private readonly Dictionary<int, bool> ofOneSource = []; // By trouble.
    private TraceKinds kinds = new(new Dictionary<int, Dictionary<int, SlotCounts>>());

    /// <summary>To be called first: what kind a trace is of depends on all of them.</summary>
    public void AddTraces(Dictionary<(int Kind, int Event), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence), traces) in counts)
        {
            Add(present, current(occurrence), current(kind), traces);
        }

        kinds = new TraceKinds(present);
        foreach (var occurrence in present.Keys)
        {
            present[occurrence] = kinds.Merge(present[occurrence]);
        }
    }

    public void AddNext(Dictionary<(int Kind, int Event, int Next), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var successors = next.TryGetValue(current(occurrence), out var known) ? known : next[current(occurrence)] = [];
            Add(successors, current(following), kinds.Of(current(kind)), traces);
        }
    }

    public void AddNextOfItsOwn(Dictionary<(int Kind, int Event, int Next), SlotCounts> counts)
    {
        foreach (var ((kind, occurrence, following), traces) in counts)
        {
            var predecessors = previousOfItsOwn.TryGetValue(current(following), out var known)
                ? known
                : previousOfItsOwn[current(following)] = [];
            Add(predecessors, current(occurrence), kinds.Of(current(kind)), traces);
        }
    }

    /// <summary>
    /// The most certain first, each event after each other at its most likely onset, the latest of equally likely ones; equally
    /// certain ones by number.
    /// </summary>
    public IReadOnlyList<PairShift> Compare(Func<int, int?> troubleOf)
    {
        var toBeat = Multiplicity.NatsOf(next.Keys.Select(MostPossible), OnsetSlots.Count - 1);
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

    /// <summary>The nats, at the best onset, if what always followed never did any more.</summary>
    private double MostPossible(int after) => Enumerable.Range(1, OnsetSlots.Count - 1).Max(onset => StandardisedShare.Of(present[after]
        .OrderBy(pair => pair.Key)
        .Select(pair => new Stratum(pair.Value.Before(onset), pair.Value.Before(onset), pair.Value.Since(onset), 0))).Nats);

    private IEnumerable<PairShift> After(int after, int onset, Func<int, int?> troubleOf)
    {
        var all = present[after];
        var followers = next[after]
            .Select(pair => new Follower(pair.Key, ShareOf(all, pair.Value, onset), troubleOf(pair.Key)))
            .ToList();
        if (!followers.Exists(f => f.Share.Nats > 0))
        {
            yield break;
        }

        // What came instead: of known trouble, no more than that the trouble grew; of recovery, nothing.
        var usual = followers.Where(f => f.Trouble is null && f.Event != EventPairs.End && f.Share.Change < 0).ToList();
        var gone = usual.MinBy(f => f.Share.Change);
        var instead = followers.Where(f => f.Share.Change > 0).MaxBy(f => f.Share.Change);
        var displaced = usual.Count == 0
            ? 0
            : usual.Max(f => Math.Max(f.Share.Nats, StandardisedShare.NatsOfExchange(f.Share, ShareOf(instead))));
        var recovered = -followers.Where(f => f.Trouble is not null || f.Event == EventPairs.End).Sum(f => f.Share.Change);
        var isRecovery = recovered > -usual.Sum(f => f.Share.Change);
        var known = instead?.Trouble is { } trouble ? GrowthOf(trouble, onset, troubleOf) : double.PositiveInfinity;
        // Its own doing, before it called: whom it would have called is missed, if at all, by others as well.
        var brokeFirst = instead?.Trouble is { } own && sources[instead.Event] == sources[after] && IsOfOneSource(own, troubleOf);
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
                var rival = isMissing ? instead : gone;
                var sure = Math.Max(follower.Share.Nats, NatsOfExchange(follower.Share, ShareOf(rival), isMissing));
                var nats = Math.Min(Math.Min(sure, most), ConfirmedBy(after, follower.Event, rival?.Event, isMissing, onset));
                yield return new PairShift(after, follower.Event, isMissing, follower.Share, nats)
                {
                    Before = all.Values.Sum(kind => kind.Before(onset)),
                    During = all.Values.Sum(kind => kind.Since(onset)),
                    Onset = slots.StartOf(onset),
                };
            }
        }
    }

    /// <summary>
    /// How sure it is that this sort of trouble grew, wherever it shows: some systems are never without it. Infinite where it
    /// never showed before.
    /// </summary>
    private double GrowthOf(int trouble, int onset, Func<int, int?> troubleOf)
    {
        if (!growth.TryGetValue((trouble, onset), out var share))
        {
            SortedDictionary<int, SlotCounts> showing = [];
            foreach (var (occurrence, traces) in present.Where(pair => troubleOf(pair.Key) == trouble))
            {
                foreach (var (kind, count) in traces)
                {
                    var sum = showing.GetValueOrDefault(kind);
                    sum.Add(count);
                    showing[kind] = sum;
                }
            }

            growth[(trouble, onset)] = share = ShareOfKinds(showing, onset);
        }

        return share.Change <= 0 ? 0 : share.Before <= 0 ? double.PositiveInfinity : share.Nats;
    }

    /// <summary>
    /// Whether no other component ever shows this sort of trouble: what several show, they may have from a common callee.
    /// </summary>
    private bool IsOfOneSource(int trouble, Func<int, int?> troubleOf)
    {
        if (!ofOneSource.TryGetValue(trouble, out var isOfOne))
        {
            var showing = present.Keys.Where(occurrence => troubleOf(occurrence) == trouble);
            ofOneSource[trouble] = isOfOne = showing.Select(occurrence => sources[occurrence]).Distinct().Count() == 1;
        }

        return isOfOne;
    }

    /// <summary>How sure it is that the event is missing after events of yet other components; 0 where it follows none.</summary>
    private double MissedElsewhere(int occurrence, int source, int onset) => next
        .Where(pair => sources[pair.Key] != source && sources[pair.Key] != sources[occurrence] && pair.Value.ContainsKey(occurrence))
        .Select(pair => NatsOf(ShareOf(present[pair.Key], pair.Value[occurrence], onset), isMissing: true))
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>
    /// How sure it is that the event itself, and not only this order, is rarer or more frequent as well: within its component
    /// where the event before is of it, else anywhere in the trace. Infinite where it is gone, or was never there.
    /// </summary>
    /// <param name="rival">What came instead of what is missing, or is gone where the other is new; null for nothing.</param>
    private double ConfirmedBy(int after, int occurrence, int? rival, bool isMissing, int onset)
    {
        if (present[occurrence].Values.All(kind => (isMissing ? kind.Since(onset) : kind.Before(onset)) == 0))
        {
            return double.PositiveInfinity;
        }

        var predecessors = previousOfItsOwn.GetValueOrDefault(occurrence);
        if (predecessors?.TryGetValue(after, out var own) == true)
        {
            var share = ShareOf(present[after], own, onset);
            var ofRival = rival is { } other && previousOfItsOwn.GetValueOrDefault(other)?.GetValueOrDefault(after) is { } others
                ? ShareOf(present[after], others, onset)
                : default;
            return Math.Max(NatsOf(share, isMissing), NatsOfExchange(share, ofRival, isMissing));
        }

        if (!presence.TryGetValue((occurrence, onset), out var anywhere))
        {
            presence[(occurrence, onset)] = anywhere = ShareOfKinds(present[occurrence], onset);
        }

        var best = NatsOf(anywhere, isMissing);
        foreach (var (predecessor, traces) in predecessors ?? [])
        {
            best = Math.Max(best, NatsOf(ShareOf(present[predecessor], traces, onset), isMissing));
        }

        return best;
    }

    private static double NatsOfExchange(in StandardisedShare share, in StandardisedShare rival, bool isMissing)
        => isMissing ? StandardisedShare.NatsOfExchange(share, rival) : StandardisedShare.NatsOfExchange(rival, share);

    private static double NatsOf(StandardisedShare share, bool isMissing) => isMissing == share.Change < 0 ? share.Nats : 0;

    /// <summary>Of what isn't there, none, before and during.</summary>
    private static StandardisedShare ShareOf(Follower? follower) => follower?.Share ?? default;

    /// <summary>Of all traces of their kinds.</summary>
    private StandardisedShare ShareOfKinds(IReadOnlyDictionary<int, SlotCounts> with, int onset)
        => StandardisedShare.Of(with
            .OrderBy(pair => pair.Key)
            .Select(pair => StratumOf(kinds.TracesOf(pair.Key), pair.Value, onset)));

    private static StandardisedShare ShareOf(Dictionary<int, SlotCounts> all, Dictionary<int, SlotCounts> with, int onset)
        => StandardisedShare.Of(all
            .OrderBy(pair => pair.Key)
            .Select(pair => StratumOf(pair.Value, with.GetValueOrDefault(pair.Key), onset)));

    private static Stratum StratumOf(in SlotCounts all, in SlotCounts with, int onset)
        => new(all.Before(onset), with.Before(onset), all.Since(onset), with.Since(onset));

    private static void Add(IDictionary<int, Dictionary<int, SlotCounts>> counts, int key, int kind, in SlotCounts traces)
    {
        var byKind = counts.TryGetValue(key, out var known) ? known : counts[key] = [];
        var sum = byKind.GetValueOrDefault(kind);
        sum.Add(traces);
        byKind[kind] = sum;
    }

    private sealed record Follower(int Event, StandardisedShare Share, int? Trouble);
}
