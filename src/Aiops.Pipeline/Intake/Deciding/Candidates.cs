using System.Runtime.InteropServices;
using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>
/// The incidents that an alarm may belong to, found by component, system and mark: an alarm is held against those that
/// share something with it, not against all that are open.
/// </summary>
internal sealed class Candidates
{
    /// <summary>A mark that more incidents share than this says little; the newest are looked at.</summary>
    public const int MaxPerMark = 32;

    private readonly GraphReach reach;
    private readonly Dictionary<string, List<string>> byComponent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> bySystem = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> byMark = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> marks = new(StringComparer.Ordinal);
    private readonly HashSet<string> inGraph = new(StringComparer.Ordinal);

    public Candidates(GraphReach reach, IEnumerable<IncidentState> incidents)
    {
        this.reach = reach;
        foreach (var incident in incidents.OrderBy(i => i.OpenedAt).ThenBy(i => i.Id, StringComparer.Ordinal))
        {
            Add(incident);
        }
    }

    /// <summary>Adds an incident, or what it has gained.</summary>
    public void Add(IncidentState incident)
    {
        if (!marks.TryGetValue(incident.Id, out var known))
        {
            marks[incident.Id] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        foreach (var mark in incident.Marks.Where(known.Add).Where(AlarmMarks.Finds))
        {
            List(byMark, mark).Add(incident.Id);
        }

        foreach (var component in incident.Components)
        {
            var here = List(byComponent, component);
            if (here.Contains(incident.Id))
            {
                continue;
            }

            here.Add(incident.Id);
            if (reach.Knows(component))
            {
                inGraph.Add(incident.Id);
            }

            if (reach.SystemOf(component) is { } system && List(bySystem, system) is var there && !there.Contains(incident.Id))
            {
                there.Add(incident.Id);
            }
        }
    }

    public IReadOnlySet<string> MarksOf(string incidentId) => marks[incidentId];

    /// <summary>Ids of those that share something, with how the component lies to them where the graph or its name says so.</summary>
    public Dictionary<string, TopologyRelation?> For(string? component, IReadOnlyList<string> alarmMarks)
    {
        Dictionary<string, TopologyRelation?> found = new(StringComparer.Ordinal);
        var known = component is not null && reach.Knows(component);
        if (component is not null)
        {
            Relate(byComponent, component, new TopologyRelation(TopologyRelationKind.SameComponent));
        }

        if (known)
        {
            foreach (var (neighbour, hops) in reach.NeighboursOf(component!))
            {
                Relate(byComponent, neighbour, new TopologyRelation(TopologyRelationKind.Neighbour, hops));
            }

            if (reach.SystemOf(component!) is { } system)
            {
                Relate(bySystem, system, new TopologyRelation(TopologyRelationKind.SameSystem));
            }
        }

        foreach (var mark in alarmMarks)
        {
            var sharers = byMark.GetValueOrDefault(mark) ?? [];
            foreach (var id in CollectionsMarshal.AsSpan(sharers)[^Math.Min(sharers.Count, MaxPerMark)..])
            {
                found.TryAdd(id, known && inGraph.Contains(id) ? new TopologyRelation(TopologyRelationKind.Unconnected) : null);
            }
        }

        return found;

        void Relate(Dictionary<string, List<string>> index, string key, TopologyRelation relation)
        {
            foreach (var id in index.GetValueOrDefault(key) ?? [])
            {
                found.TryAdd(id, relation); // The nearest are asked for first.
            }
        }
    }

    private static List<string> List(Dictionary<string, List<string>> index, string key)
        => CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _) ??= [];
}
