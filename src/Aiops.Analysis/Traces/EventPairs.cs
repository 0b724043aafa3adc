using System.Runtime.InteropServices;

namespace Aiops.Analysis.Traces;

/// <summary>Takes the events of traces in any order and finds where the usual order of events within a trace breaks.</summary>
/// <remarks>
/// As in [Yu2023], the pattern is a pair of events of which one directly follows the other within a trace, its support the
/// traces that hold it, and what is looked for are pairs whose support differs between normal and faulty time. Departures:
/// <list type="bullet">
/// <item>A pair's support is a share of the traces that hold its first event, taken by kind of trace
/// (<see cref="StandardisedShare"/>, <see cref="TraceKinds"/>): neither load nor mix of requests moves it. What
/// would have come later in a broken trace is then missed by nobody, so blame falls where the order breaks first.</item>
/// <item>Blame goes to the event that is missing, or to the one that came new, not to both pairs' pods by rank.</item>
/// <item>Parallel calls interleave as they please: a missing event counts as far as its trace, or its predecessor in its own
/// component, lacks it too, and a new one as far as it is new there too.</item>
/// <item>Lines get lost. So what is compared is also how often the one event came and how often the other, where either did:
/// a loss that strikes both alike leaves that as it is (<see cref="StandardisedShare.NatsOfExchange"/>).</item>
/// <item>Since when is asked of the data (<see cref="OnsetSlots"/>), not of the alarm.</item>
/// <item>An error that stays away is no fault, nor what takes its place; nor is what comes where traces used to end.</item>
/// <item>Where a component breaks with an error that is all its own before it calls another, the other's events stay away for
/// that: they count as far as they are missed after other components' events as well.</item>
/// </list>
/// Events are held by trace until <c>mostHeld</c> are; then the traces not touched for longest are counted and let go. Short of
/// that and of <c>mostPairs</c> the order of arrival changes nothing: events of one instant go by <c>order</c>.
/// [Yu2023] G. Yu, P. Chen, Y. Li, H. Chen, X. Li, Z. Zheng: Nezha: Interpretable Fine-Grained Root Causes Analysis for
/// Microservices on Multi-modal Observability Data, ESEC/FSE 2023.
/// </remarks>
/// <param name="order">Of events by what they are, not by their numbers; 0 for those that have become one.</param>
internal sealed class EventPairs(
    TimeWindows baseline, TimeWindow incident, IComparer<int> order, int mostHeld = 500_000, int mostPairs = 200_000)
{
    /// <summary>What the last event of a trace is followed by.</summary>
    public const int End = -1;

    private readonly OnsetSlots slots = new(baseline, incident);
    private readonly Dictionary<ulong, LinkedListNode<HeldTrace>> traces = [];
    private readonly LinkedList<HeldTrace> leastRecent = [];
    private readonly Dictionary<(int Kind, int Event), SlotCounts> present = [];
    private readonly Dictionary<(int Kind, int Event, int Next), SlotCounts> next = [];
    private readonly Dictionary<(int Kind, int Event, int Next), SlotCounts> nextOfItsOwn = [];
    private readonly HashSet<int> seen = [];
    private readonly HashSet<(int Event, int Next)> pairs = [];
    private readonly HashSet<(int Event, int Next)> ownPairs = [];
    private readonly Dictionary<int, int> lastOfSource = [];
    private readonly Dictionary<int, int> sources = []; // By event.
    private int held;

    /// <param name="source">Numbers the component that the event belongs to.</param>
    /// <param name="occurrence">Numbers the event, from 0.</param>
    public void Add(ulong trace, long unixNanoseconds, int source, int occurrence)
    {
        if (traces.TryGetValue(trace, out var node))
        {
            leastRecent.Remove(node);
        }
        else
        {
            traces[trace] = node = new LinkedListNode<HeldTrace>(new HeldTrace(trace, []));
        }

        leastRecent.AddLast(node);
        sources[occurrence] = source;
        node.Value.Events.Add(new Occurrence(unixNanoseconds, source, occurrence));
        held++;
        while (held > mostHeld)
        {
            LetGo(leastRecent.First!, number => number);
        }
    }

    /// <summary>Where the order broke, the most certain first. Counts what is still held.</summary>
    /// <param name="current">
    /// The number that an event goes by now, for events may have merged since they came. Equally certain shifts go by it.
    /// </param>
    /// <param name="troubleOf">Of an event's number by now, the sort of error or warning that it is; null for what is neither.</param>
    public IReadOnlyList<PairShift> Compare(Func<int, int> current, Func<int, int?> troubleOf)
    {
        var first = sources.Keys.GroupBy(current).ToDictionary(same => same.Key, same => same.Min());
        while (leastRecent.First is { } oldest)
        {
            LetGo(oldest, number => first[current(number)]);
        }

        var counts = new PairCounts(current, first.ToDictionary(pair => pair.Key, pair => sources[pair.Value]), slots);
        counts.AddTraces(present);
        counts.AddNext(next);
        counts.AddNextOfItsOwn(nextOfItsOwn);
        return counts.Compare(number => number == End ? null : troubleOf(number));
    }

    private void LetGo(LinkedListNode<HeldTrace> node, Func<int, int> numberOf)
    {
        leastRecent.Remove(node);
        traces.Remove(node.Value.Id);
        held -= node.Value.Events.Count;

        var events = node.Value.Events.ConvertAll(held => held with { Event = numberOf(held.Event) });
        events.Sort(InOrder);
        var slot = slots.SlotOf(DateTimeOffset.FromUnixTimeMilliseconds(events[0].UnixNanoseconds / 1_000_000));
        if (slot < 0)
        {
            return;
        }

        Read(events);
        var kind = events[0].Event;
        foreach (var occurrence in seen)
        {
            Count(present, (kind, occurrence), slot);
        }

        foreach (var (occurrence, following) in pairs)
        {
            Count(next, (kind, occurrence, following), slot);
        }

        foreach (var (occurrence, following) in ownPairs)
        {
            Count(nextOfItsOwn, (kind, occurrence, following), slot);
        }
    }

    /// <summary>What the trace holds, each once; what was delivered twice counts once.</summary>
    private void Read(List<Occurrence> events)
    {
        seen.Clear();
        pairs.Clear();
        ownPairs.Clear();
        lastOfSource.Clear();
        int? before = null;
        for (var i = 0; i < events.Count; i++)
        {
            var now = events[i];
            if (i > 0 && now == events[i - 1])
            {
                continue;
            }

            seen.Add(now.Event);
            if (before is { } previous)
            {
                pairs.Add((previous, now.Event));
            }

            if (lastOfSource.TryGetValue(now.Source, out var own))
            {
                ownPairs.Add((own, now.Event));
            }

            lastOfSource[now.Source] = now.Event;
            before = now.Event;
        }

        pairs.Add((events[^1].Event, End));
    }

    private int InOrder(Occurrence one, Occurrence other)
    {
        var byTime = one.UnixNanoseconds.CompareTo(other.UnixNanoseconds);
        return byTime != 0 ? byTime : order.Compare(one.Event, other.Event);
    }

    private void Count<TKey>(Dictionary<TKey, SlotCounts> counts, TKey key, int slot)
        where TKey : notnull
    {
        if (counts.Count < mostPairs || counts.ContainsKey(key))
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
            count[slot]++;
        }
    }

    private sealed record HeldTrace(ulong Id, List<Occurrence> Events);

    private readonly record struct Occurrence(long UnixNanoseconds, int Source, int Event);
}

/// <summary>One place where the order of events within traces broke.</summary>
/// <param name="After">The event that it should, or now does, follow.</param>
/// <param name="Event">The event that is missing, or new.</param>
/// <param name="IsMissing">Missing where it used to follow; else new there.</param>
/// <param name="Share">The share of the traces with <paramref name="After"/> in which it follows.</param>
/// <param name="Nats">The log likelihood ratio, less its <see cref="Multiplicity"/>: how sure it is.</param>
internal readonly record struct PairShift(int After, int Event, bool IsMissing, StandardisedShare Share, double Nats)
{
    /// <summary>Traces with <see cref="After"/> before the onset.</summary>
    public required long Before { get; init; }

    /// <summary>Traces with <see cref="After"/> since the onset.</summary>
    public required long During { get; init; }

    /// <summary>The start of the slot in which it began.</summary>
    public required DateTimeOffset Onset { get; init; }
}
