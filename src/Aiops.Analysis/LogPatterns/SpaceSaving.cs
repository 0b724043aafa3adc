namespace Aiops.Analysis.LogPatterns;

/// <summary>Counts the most frequent keys of two periods in memory that does not grow with the keys [Metwally2005].</summary>
/// <remarks>
/// Every key that makes up more than 1/<c>mostKeys</c> of all that was added is among the kept ones. When there is no room, the
/// key with the lowest estimate gives way, and the newcomer inherits its estimate as its possible error. Departure: the counts
/// of the periods are of what was seen since the key came in, so they are lower bounds, short by at most the error together.
/// [Metwally2005] A. Metwally, D. Agrawal, A. El Abbadi: Efficient Computation of Frequent and Top-k Elements in Data Streams,
/// ICDT 2005.
/// </remarks>
public sealed class SpaceSaving
{
    private readonly int mostKeys;
    private readonly List<Counter> heap = []; // The lowest estimate first.
    private readonly Dictionary<string, int> places = [];

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostKeys"/> is not positive.</exception>
    public SpaceSaving(int mostKeys)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostKeys);
        this.mostKeys = mostKeys;
    }

    /// <summary>The kept keys, in no order.</summary>
    public IEnumerable<Counter> Counters => heap;

    /// <summary>Counts a key once, in the earlier or the later period.</summary>
    public void Add(string key, bool isLater)
    {
        if (!places.TryGetValue(key, out var place))
        {
            place = Admit(key);
        }

        var counter = heap[place];
        heap[place] = isLater ? counter with { Later = counter.Later + 1 } : counter with { Earlier = counter.Earlier + 1 };
        SinkFrom(place);
    }

    private int Admit(string key)
    {
        if (heap.Count < mostKeys)
        {
            heap.Add(new Counter(key, 0, 0, 0));
            return RiseFrom(heap.Count - 1);
        }

        places.Remove(heap[0].Key);
        heap[0] = new Counter(key, 0, 0, heap[0].Estimate);
        return places[key] = 0;
    }

    private int RiseFrom(int place)
    {
        var counter = heap[place];
        for (int parent; place > 0 && heap[parent = (place - 1) / 2].Estimate > counter.Estimate; place = parent)
        {
            Put(place, heap[parent]);
        }

        Put(place, counter);
        return place;
    }

    private void SinkFrom(int place)
    {
        var counter = heap[place];
        for (int child; (child = (2 * place) + 1) < heap.Count; place = child)
        {
            child += child + 1 < heap.Count && heap[child + 1].Estimate < heap[child].Estimate ? 1 : 0;
            if (heap[child].Estimate >= counter.Estimate)
            {
                break;
            }

            Put(place, heap[child]);
        }

        Put(place, counter);
    }

    private void Put(int place, Counter counter)
    {
        heap[place] = counter;
        places[counter.Key] = place;
    }

    /// <summary>What is known of one key.</summary>
    /// <param name="Error">How often it may have come before it was kept; 0 when it was from the start.</param>
    public readonly record struct Counter(string Key, long Earlier, long Later, long Error)
    {
        /// <summary>At least as often as it came in truth.</summary>
        public long Estimate => Earlier + Later + Error;
    }
}
