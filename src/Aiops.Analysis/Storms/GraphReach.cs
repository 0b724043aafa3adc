using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Aiops.Analysis.Topology;

namespace Aiops.Analysis.Storms;

/// <summary>
/// What lies near a component in a service graph, searched once a component and remembered with the graph: a storm asks for
/// the same few components ten thousand times. Safe for use by several threads.
/// </summary>
/// <remarks>
/// A hub (more than <see cref="HubDegree"/> neighbours: a gateway, a shared log sink) is reached but not passed through:
/// what the whole estate calls says nothing about who fails with whom.
/// </remarks>
public sealed class GraphReach
{
    /// <summary>Further than this, two components of a large estate are taken as unrelated.</summary>
    public const int MaxHops = 4;

    /// <summary>Up to this size a connected part of the graph is one system, however long its chains.</summary>
    public const int MaxSystemSize = 64;

    public const int HubDegree = 50;

    private static readonly ConditionalWeakTable<ServiceGraph, GraphReach> Known = [];

    private readonly ServiceGraph graph;
    private readonly ConcurrentDictionary<string, IReadOnlyList<Neighbour>> neighbours = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> systems;

    private GraphReach(ServiceGraph graph)
    {
        this.graph = graph;
        systems = new Lazy<Dictionary<string, string>>(FindSystems);
    }

    public static GraphReach Of(ServiceGraph graph) => Known.GetValue(graph, static g => new GraphReach(g));

    public bool Knows(string component) => graph.Contains(component);

    /// <summary>Components one to <see cref="MaxHops"/> calls away, nearest first; empty for one that the graph doesn't know.</summary>
    public IReadOnlyList<Neighbour> NeighboursOf(string component) => neighbours.GetOrAdd(component, Search);

    /// <summary>The small connected part that the component belongs to, by its first name; null for a hub, a large part, a stranger.</summary>
    public string? SystemOf(string component) => systems.Value.GetValueOrDefault(component);

    private IReadOnlyList<Neighbour> Search(string component)
    {
        List<Neighbour> found = [];
        HashSet<string> seen = [component];
        List<string> frontier = [component];
        for (var hops = 1; hops <= MaxHops && frontier.Count > 0; hops++)
        {
            List<string> next = [];
            foreach (var neighbour in frontier.SelectMany(Adjacent).Where(seen.Add))
            {
                found.Add(new Neighbour(neighbour, hops));
                if (!IsHub(neighbour))
                {
                    next.Add(neighbour);
                }
            }

            frontier = next;
        }

        return found;
    }

    private Dictionary<string, string> FindSystems()
    {
        Dictionary<string, string> system = new(StringComparer.Ordinal);
        HashSet<string> seen = [];
        foreach (var start in graph.Components.Select(c => c.Name).Where(name => !IsHub(name) && seen.Add(name)))
        {
            List<string> part = [start];
            for (var i = 0; i < part.Count; i++)
            {
                part.AddRange(Adjacent(part[i]).Where(name => !IsHub(name) && seen.Add(name)));
            }

            if (part.Count is > 1 and <= MaxSystemSize)
            {
                part.ForEach(name => system[name] = start); // Components come in ordinal order: the start is the first name.
            }
        }

        return system;
    }

    private IEnumerable<string> Adjacent(string component) => graph.CalleesOf(component).Concat(graph.CallersOf(component));

    private bool IsHub(string component) => graph.CalleesOf(component).Count + graph.CallersOf(component).Count > HubDegree;
}

/// <summary>A component and how many calls away it is.</summary>
public readonly record struct Neighbour(string Component, int Hops);
