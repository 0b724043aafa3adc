using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Adds up one method's hits, all together and by group.</summary>
internal sealed class Scoreboard
{
    private readonly Tally all = new();
    private readonly SortedDictionary<string, Tally> groups = new(StringComparer.Ordinal);

    /// <param name="hit">0 to 1.</param>
    /// <param name="pooled">False for cases that are reported apart: then they count in their group alone.</param>
    public void Add(string group, string key, double hit, bool pooled = true)
    {
        if (pooled)
        {
            all.Add(key, hit);
        }

        if (!groups.TryGetValue(group, out var tally))
        {
            groups[group] = tally = new Tally();
        }

        tally.Add(key, hit);
    }

    /// <summary>Mean hits with Wilson intervals, in the order of the keys; each group has what was added to it.</summary>
    public FigureSet ToFigures(params IReadOnlyList<string> keys)
    {
        var set = all.ToFigures(keys);
        foreach (var (name, tally) in groups)
        {
            set.AddGroup(name, tally.ToFigures(keys.Where(tally.Has).ToList()));
        }

        return set;
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, (double Hits, int Cases)> sums = [];

        public bool Has(string key) => sums.ContainsKey(key);

        public void Add(string key, double hit)
        {
            var (hits, cases) = sums.GetValueOrDefault(key);
            sums[key] = (hits + hit, cases + 1);
        }

        public FigureSet ToFigures(IReadOnlyList<string> keys)
        {
            var set = new FigureSet();
            foreach (var key in keys)
            {
                var (hits, cases) = sums.GetValueOrDefault(key);
                set.Add(key, cases == 0 ? double.NaN : hits / cases, WilsonInterval.Of(hits, cases));
            }

            return set;
        }
    }
}
