using System.Runtime.InteropServices;

namespace Aiops.Analysis.Storms;

/// <summary>
/// Who lies near whom: what the graph says, and what alarms themselves told by naming two components. Relations told are
/// kept in bounded number: once full, those not told again make way, but not before many tellings, so that of an estate
/// that is too large a part of the relations is known, instead of each in turn.
/// </summary>
internal sealed class ComponentMap
{
    public const int MaxRelations = 2_048;

    /// <summary>Of all components in relations together, so that what is remembered stays small.</summary>
    public const int MaxCharacters = 40_000;

    private const int Patience = 32 * MaxRelations; // Tellings in which a relation worth keeping is told again.

    private readonly Dictionary<string, ComponentNode> nodes = new(StringComparer.Ordinal);
    private readonly List<ToldRelation> relations = [];
    private readonly GraphReach reach;
    private int characters;
    private int told;
    private int epoch;

    public ComponentMap(GraphReach reach)
    {
        this.reach = reach;
        Meetings = new Meetings(this);
    }

    public Meetings Meetings { get; }

    public int Count => nodes.Count;

    public ComponentNode Node(string name)
    {
        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(nodes, name, out _);
        return node ??= new ComponentNode(name, reach.Knows(name));
    }

    /// <summary>Notes that an alarm named both. Where the graph knows both it is the better witness.</summary>
    public void Tell(ComponentNode one, ComponentNode other)
    {
        if (one == other || (one.InGraph && other.InGraph))
        {
            return;
        }

        told++;
        var (fewer, more) = one.Told.Count <= other.Told.Count ? (one, other) : (other, one);
        foreach (var relation in CollectionsMarshal.AsSpan(fewer.Told))
        {
            if (relation.From(fewer) == more)
            {
                relation.Again = true;
                return;
            }
        }

        // A hub's further relations say nothing: what it is related with is reached through it no more.
        if (one.Told.Count <= GraphReach.HubDegree && other.Told.Count <= GraphReach.HubDegree && HasRoom())
        {
            Add(one, other, again: false);
        }
    }

    /// <summary>Itself at no distance, then what is within <see cref="GraphReach.MaxHops"/>.</summary>
    public Reached[] Near(ComponentNode node)
    {
        if (node.Near is null || node.SearchedIn != epoch)
        {
            (node.Near, node.SearchedIn) = (Search(node), epoch);
        }

        return node.Near;
    }

    public ComponentNode? SystemOf(ComponentNode node)
        => node.System ??= node.InGraph && reach.SystemOf(node.Name) is { } system ? Node(system) : null;

    public void Restore(AlarmMemory memory)
    {
        foreach (var name in memory.Components)
        {
            Node(name);
        }

        for (var i = 0; i + 2 < memory.Relations.Count; i += 3)
        {
            var (one, other) = (memory.Components[memory.Relations[i]], memory.Components[memory.Relations[i + 1]]);
            Add(Node(one), Node(other), again: memory.Relations[i + 2] != 0);
        }

        told = memory.Told;
        Meetings.Restore(memory.Meetings, number => Node(memory.Components[number]));
    }

    public AlarmMemory Remember()
    {
        Dictionary<ComponentNode, int> numbers = [];
        List<string> components = [];
        List<int> triples = [];
        foreach (var relation in relations)
        {
            triples.AddRange([NumberOf(relation.One), NumberOf(relation.Other), relation.Again ? 1 : 0]);
        }

        var meetings = Meetings.Remember(NumberOf);
        return new AlarmMemory { Components = components, Relations = triples, Meetings = meetings, Told = told };

        int NumberOf(ComponentNode node)
        {
            if (!numbers.TryGetValue(node, out var number))
            {
                numbers[node] = number = components.Count;
                components.Add(node.Name);
            }

            return number;
        }
    }

    /// <summary>Drops components that nothing knows and that no incident is about.</summary>
    public void DropStrangers(Predicate<GroupedIncident> isOver)
    {
        foreach (var node in nodes.Values)
        {
            (node.Near, node.System) = (null, null);
            node.Incidents.RemoveAll(isOver);
            node.SystemIncidents.RemoveAll(isOver);
            if (node.Incidents.Count == 0 && node.SystemIncidents.Count == 0 && node.Told.Count == 0
                && node.Stranger is null && node.CompanionOf.Count == 0)
            {
                nodes.Remove(node.Name); // Removing while enumerating is allowed, and drops no other.
            }
        }
    }

    /// <summary>Lets reach be searched again from whatever reaches the component: reach is mutual.</summary>
    public void MakeStale(ComponentNode node)
    {
        foreach (var near in Near(node))
        {
            near.Node.Near = null;
        }

        node.Near = null;
    }

    private void Add(ComponentNode one, ComponentNode other, bool again)
    {
        MakeStale(one);
        MakeStale(other);
        var relation = new ToldRelation(one, other) { Again = again };
        characters += one.Told.Count == 0 ? one.Name.Length : 0;
        characters += other.Told.Count == 0 ? other.Name.Length : 0;
        one.Told.Add(relation);
        other.Told.Add(relation);
        relations.Add(relation);
        Meetings.Forget(one);
        Meetings.Forget(other);
    }

    private bool HasRoom()
    {
        if (relations.Count < MaxRelations && characters < MaxCharacters)
        {
            return true;
        }

        if (told < Patience)
        {
            return false;
        }

        Forget();
        return true;
    }

    // Second chance: those not told again go; where most were, the older half.
    private void Forget()
    {
        var gone = relations.Where(relation => !relation.Again).ToHashSet();
        if (gone.Count < relations.Count / 2)
        {
            gone.UnionWith(relations.Take(relations.Count / 2 + 1));
        }

        foreach (var relation in gone)
        {
            relation.One.Told.Remove(relation);
            relation.Other.Told.Remove(relation);
            characters -= relation.One.Told.Count == 0 ? relation.One.Name.Length : 0;
            characters -= relation.Other.Told.Count == 0 ? relation.Other.Name.Length : 0;
        }

        relations.RemoveAll(gone.Contains);
        relations.ForEach(relation => relation.Again = false);
        told = 0;
        epoch++; // All reach is searched again.
    }

    private Reached[] Search(ComponentNode start)
    {
        List<Reached> found = [new Reached(start, new TopologyRelation(TopologyRelationKind.SameComponent))];
        HashSet<ComponentNode> seen = [start];
        if (start.InGraph)
        {
            foreach (var (name, hops) in reach.NeighboursOf(start.Name))
            {
                var node = Node(name);
                seen.Add(node);
                found.Add(new Reached(node, new TopologyRelation(TopologyRelationKind.Neighbour, hops)));
            }
        }

        List<ComponentNode> frontier = [start];
        for (var hops = 1; hops <= GraphReach.MaxHops && frontier.Count > 0; hops++)
        {
            List<ComponentNode> next = [];
            foreach (var from in frontier)
            {
                foreach (var relation in from.Told)
                {
                    var node = relation.From(from);
                    if (seen.Add(node))
                    {
                        found.Add(new Reached(node, new TopologyRelation(TopologyRelationKind.Told, hops)));
                        if (node.Told.Count <= GraphReach.HubDegree)
                        {
                            next.Add(node);
                        }
                    }
                }
            }

            frontier = next;
        }

        foreach (var companion in (start.Stranger?.Companions ?? []).Concat(start.CompanionOf).Where(seen.Add))
        {
            found.Add(new Reached(companion, new TopologyRelation(TopologyRelationKind.SeenTogether))); // Leads no further.
        }

        return [.. found.OrderByDescending(reached => reached.Relation.Value)]; // Stable: the graph's word before the alarms'.
    }
}
