namespace Aiops.Analysis.Storms;

/// <summary>
/// For components that nothing else relates: with whom they alarm at once, episode by episode. One that was met in more
/// than half of the episodes, by the lower Wilson bound, and nearly as often as whoever was met most, is taken as related.
/// </summary>
/// <remarks>
/// An episode of a component begins when it alarms and no live incident holds it; whatever live incidents hold is met. By
/// chance two systems that are in trouble half of the time meet in half of the episodes, hence the bounds; of two that
/// always fail together nothing can be told apart this way.
/// </remarks>
internal sealed class Meetings(ComponentMap map)
{
    /// <summary>Strangers followed; the one with the fewest episodes makes way.</summary>
    public const int MaxStrangers = 64;

    /// <summary>Companions counted of each; the one met least makes way.</summary>
    public const int MaxCompanions = 12;

    private const int FewestMeetings = 4; // Of three in three the lower bound is 0.53, and it might be chance.
    private const double FewestShare = 0.5;
    private const double NearlyAsOften = 0.8;
    private const double Z = 1.645; // One-sided 95 %.

    private readonly List<ComponentNode> strangers = [];

    /// <summary>A component alarms that no live incident holds.</summary>
    /// <param name="live">Incidents within the window, newest first; a bounded number is looked at.</param>
    public void Begin(ComponentNode node, IEnumerable<GroupedIncident> live)
    {
        if (!node.IsKnown)
        {
            Follow(node).Episodes++;
        }

        var met = live.SelectMany(incident => incident.Components).Where(other => other != node).Take(2 * MaxCompanions);
        foreach (var other in met)
        {
            if (!node.IsKnown)
            {
                Count(node, other);
            }

            if (!other.IsKnown && other.Stranger is not null)
            {
                Count(other, node);
                Judge(other);
            }
        }

        Judge(node);
    }

    /// <summary>What is known by graph or word needs no meetings.</summary>
    public void Forget(ComponentNode node)
    {
        if (node.Stranger is { } stranger)
        {
            SetCompanions(node, stranger, []);
            node.Stranger = null;
            strangers.Remove(node);
        }
    }

    /// <param name="numberOf">Gives a component its number in the memory.</param>
    public IReadOnlyList<int> Remember(Func<ComponentNode, int> numberOf)
    {
        List<int> numbers = [];
        foreach (var node in strangers)
        {
            var stranger = node.Stranger!;
            numbers.AddRange([numberOf(node), stranger.Episodes, stranger.Met.Count]);
            foreach (var (other, count) in stranger.Met)
            {
                numbers.AddRange([numberOf(other), count]);
            }
        }

        return numbers;
    }

    public void Restore(IReadOnlyList<int> numbers, Func<int, ComponentNode> nodeOf)
    {
        for (var i = 0; i + 2 < numbers.Count;)
        {
            var node = nodeOf(numbers[i]);
            var (episodes, met) = (numbers[i + 1], numbers[i + 2]);
            i += 3;
            if (!node.IsKnown) // The graph may have learned of it meanwhile.
            {
                Follow(node).Episodes = episodes;
                for (var j = 0; j < met; j++)
                {
                    node.Stranger!.Met.Add((nodeOf(numbers[i + 2 * j]), numbers[i + 2 * j + 1]));
                }

                Judge(node);
            }

            i += 2 * met;
        }
    }

    private Stranger Follow(ComponentNode node)
    {
        if (node.Stranger is null)
        {
            if (strangers.Count == MaxStrangers)
            {
                Forget(strangers.MinBy(one => one.Stranger!.Episodes)!);
            }

            node.Stranger = new Stranger();
            strangers.Add(node);
        }

        return node.Stranger;
    }

    private static void Count(ComponentNode node, ComponentNode other)
    {
        var met = node.Stranger!.Met;
        var known = met.FindIndex(one => one.Other == other);
        if (known >= 0)
        {
            met[known] = (other, met[known].Count + 1);
        }
        else if (met.Count < MaxCompanions)
        {
            met.Add((other, 1));
        }
        else
        {
            var least = met.MinBy(one => one.Count);
            met.Remove(least);
            met.Add((other, 1));
        }
    }

    private void Judge(ComponentNode node)
    {
        if (node.Stranger is not { Met.Count: > 0 } stranger)
        {
            return;
        }

        var most = stranger.Met.Max(one => one.Count);
        SetCompanions(node, stranger, [.. stranger.Met
            .Where(one => one.Count >= FewestMeetings && one.Count >= NearlyAsOften * most
                && LowerShare(one.Count, stranger.Episodes) > FewestShare)
            .Select(one => one.Other)]);
    }

    private void SetCompanions(ComponentNode node, Stranger stranger, IReadOnlyList<ComponentNode> companions)
    {
        if (stranger.Companions.SequenceEqual(companions))
        {
            return;
        }

        foreach (var gone in stranger.Companions)
        {
            map.MakeStale(gone);
            gone.CompanionOf.Remove(node);
        }

        foreach (var companion in companions)
        {
            map.MakeStale(companion);
            companion.CompanionOf.Add(node);
        }

        map.MakeStale(node);
        stranger.Companions = companions;
    }

    // A companion that begins and ends within one long episode may be met more than once in it.
    private static double LowerShare(int met, int episodes)
    {
        double n = Math.Max(1, episodes);
        var share = Math.Min(1, met / n);
        return (share + Z * Z / (2 * n) - Z * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))) / (1 + Z * Z / n);
    }
}

/// <summary>What is counted of a component that nothing else relates.</summary>
internal sealed class Stranger
{
    public int Episodes { get; set; }

    public List<(ComponentNode Other, int Count)> Met { get; } = [];

    public IReadOnlyList<ComponentNode> Companions { get; set; } = [];
}
