namespace Aiops.Analysis.Topology;

/// <summary>
/// Who calls whom. An edge goes from the caller to the callee, so failures travel against it. The graph is what could be
/// observed: edges may be missing or wrong, and components may be absent; nothing that uses it may fail for that.
/// </summary>
public sealed class ServiceGraph
{
    private readonly Dictionary<string, Node> nodes = [];

    public ServiceGraph(IEnumerable<Component> components, IEnumerable<Call> calls)
    {
        foreach (var component in components)
        {
            nodes[component.Name] = NodeOf(component.Name) with { Component = component };
        }

        foreach (var (caller, callee) in calls.Distinct())
        {
            NodeOf(caller).Callees.Add(callee);
            NodeOf(callee).Callers.Add(caller);
        }

        // Ordinal order everywhere: the same graph read in another order must answer the same.
        foreach (var node in nodes.Values)
        {
            node.Callees.Sort(StringComparer.Ordinal);
            node.Callers.Sort(StringComparer.Ordinal);
        }
    }

    public static ServiceGraph Empty { get; } = new([], []);

    public IEnumerable<Component> Components => nodes.Values.Select(node => node.Component).OrderBy(c => c.Name, StringComparer.Ordinal);

    public IEnumerable<Call> Calls => Components.SelectMany(c => nodes[c.Name].Callees.Select(callee => new Call(c.Name, callee)));

    public bool Contains(string component) => nodes.ContainsKey(component);

    /// <summary>The component's kind of resource, or null when the graph doesn't know.</summary>
    public string? TypeOf(string component) => nodes.TryGetValue(component, out var node) ? node.Component.Type : null;

    /// <summary>What the component calls, in ordinal order; empty for one that the graph doesn't know.</summary>
    public IReadOnlyList<string> CalleesOf(string component) => nodes.TryGetValue(component, out var node) ? node.Callees : [];

    /// <summary>What calls the component, in ordinal order; empty for one that the graph doesn't know.</summary>
    public IReadOnlyList<string> CallersOf(string component) => nodes.TryGetValue(component, out var node) ? node.Callers : [];

    /// <summary>Calls between the two, direction ignored: 0 for the same, null when further than <paramref name="limit"/> or unconnected.</summary>
    public int? Distance(string from, string to, int limit)
    {
        if (from == to)
        {
            return 0;
        }

        HashSet<string> seen = [from];
        List<string> frontier = [from];
        for (var distance = 1; distance <= limit && frontier.Count > 0; distance++)
        {
            List<string> next = [];
            foreach (var neighbour in frontier.SelectMany(c => CalleesOf(c).Concat(CallersOf(c))))
            {
                if (neighbour == to)
                {
                    return distance;
                }

                if (seen.Add(neighbour))
                {
                    next.Add(neighbour);
                }
            }

            frontier = next;
        }

        return null;
    }

    private Node NodeOf(string name)
    {
        if (!nodes.TryGetValue(name, out var node))
        {
            nodes[name] = node = new Node(new Component(name), [], []);
        }

        return node;
    }

    private sealed record Node(Component Component, List<string> Callees, List<string> Callers);
}

/// <summary>A service or resource: the thing that a metric, a log line or a span speaks of.</summary>
/// <param name="Name">OTel <c>service.name</c>, or the resource's own name.</param>
/// <param name="Type">The CloudFormation type (<c>AWS::DynamoDB::Table</c>), or null when unknown.</param>
public sealed record Component(string Name, string? Type = null);

/// <summary>One edge: the caller depends on the callee.</summary>
public readonly record struct Call(string Caller, string Callee);
