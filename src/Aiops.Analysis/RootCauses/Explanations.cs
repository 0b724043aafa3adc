using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>Asks the topology what explains what: trouble travels from a callee to its callers, load from a caller to its callees.</summary>
/// <remarks>
/// The graph is taken as a witness that may err: it shifts scores and never excludes. Trouble is followed through what lies
/// between, at a discount for each component: a slight one through a component in trouble itself, more through one
/// without telemetry, and most through one that was looked at and shows nothing.
/// </remarks>
internal sealed class Explanations(ServiceGraph graph, IReadOnlyDictionary<string, ComponentEvidence> evidence, TimeSpan tolerance)
{
    private const int Furthest = 5;            // Calls; what is further off is explained by what lies between.
    private const double Tie = 1e-9;
    private const double ThroughTroubled = 0.9;
    private const double ThroughUnseen = 0.8;
    private const double ThroughUsual = 0.5;
    private const double LaterShare = 0.3;     // A callee that departs after its caller explains little of it; onsets err.
    private const double OtherwiseShare = 0.5; // Calls also come from a caller that isn't busier itself: retries, another path.

    private readonly Dictionary<string, HashSet<string>> dependencies = [];

    /// <summary>The components in trouble that the caller depends on, in ordinal order, with the share of its trouble that each explains, 0 to 1.</summary>
    public IEnumerable<(ComponentEvidence Callee, double Share)> CalleesFor(ComponentEvidence caller)
    {
        var propagating = caller.Propagating;
        if (propagating <= 0)
        {
            yield break;
        }

        foreach (var (callee, share) in Reach(caller.Component, graph.CalleesOf))
        {
            var order = OrderOf(callee.Onset, caller.PropagatingOnset);
            var explained = share * MutualOf(callee, caller) * order * caller.ExplainedBy(callee) / propagating;
            if (explained > 0)
            {
                yield return (callee, explained);
            }
        }
    }

    /// <summary>
    /// The callers whose surge, or whose own trouble, explains most of the component's load, and how much of it each does, 0 to 1;
    /// several only where they explain as much, in ordinal order.
    /// </summary>
    public (double Share, IReadOnlyList<ComponentEvidence> Callers) BestCallersFor(ComponentEvidence callee)
    {
        var load = callee.Load;
        List<ComponentEvidence> best = [];
        var most = 0.0;
        foreach (var (caller, share) in load <= 0 ? [] : Reach(callee.Component, graph.CallersOf))
        {
            var likeness = callee.IsBuffer || callee.Surges == caller.Surges ? 1 : callee.Surges ? OtherwiseShare : 0;
            var explained = share * likeness * OrderOf(caller.Onset, callee.Onset) * Math.Min(1, caller.Total / load);
            if (explained > most + Tie)
            {
                (most, best) = (explained, [caller]);
            }
            else if (best.Count > 0 && explained > most - Tie)
            {
                best.Add(caller);
            }
        }

        return (most, best);
    }

    /// <summary>Whether calls lead from one to the other; null when the graph doesn't know both, or no call of one of them.</summary>
    public bool? DependsOn(string from, string to)
        => !IsKnown(from) || !IsKnown(to) ? null : from == to || DependenciesOf(from).Contains(to);

    private bool IsKnown(string component)
        => graph.Contains(component) && (graph.CalleesOf(component).Count > 0 || graph.CallersOf(component).Count > 0);

    private HashSet<string> DependenciesOf(string component)
    {
        if (!dependencies.TryGetValue(component, out var all))
        {
            dependencies[component] = all = [];
            List<string> frontier = [component];
            while (frontier.Count > 0)
            {
                frontier = [.. frontier.SelectMany(graph.CalleesOf).Where(all.Add)];
            }
        }

        return all;
    }

    /// <summary>Where each depends on the other, only the one that shows more explains; else all in the circle would explain each other away.</summary>
    private double MutualOf(ComponentEvidence callee, ComponentEvidence caller)
        => callee.Total <= caller.Total && DependsOn(callee.Component, caller.Component) == true ? LaterShare : 1;

    private double OrderOf(DateTimeOffset? explaining, DateTimeOffset? explained)
        => explaining <= explained + tolerance || explaining is null || explained is null ? 1 : LaterShare;

    /// <summary>Components with evidence, in ordinal order, each with its share by what lies between on the best way.</summary>
    private IEnumerable<(ComponentEvidence Component, double Share)> Reach(string from, Func<string, IReadOnlyList<string>> next)
    {
        SortedDictionary<string, double> best = new(StringComparer.Ordinal);
        Dictionary<string, double> frontier = new() { [from] = 1 };
        for (var step = 0; step < Furthest && frontier.Count > 0; step++)
        {
            Dictionary<string, double> further = [];
            foreach (var (name, share) in frontier)
            {
                var through = name == from ? 1 : share * CrossingOf(name);
                foreach (var neighbour in next(name))
                {
                    if (neighbour != from && through > best.GetValueOrDefault(neighbour) + 1e-12)
                    {
                        best[neighbour] = further[neighbour] = through;
                    }
                }
            }

            frontier = further;
        }

        foreach (var (name, share) in best)
        {
            if (evidence.TryGetValue(name, out var component) && component.Total > 0)
            {
                yield return (component, share);
            }
        }
    }

    private double CrossingOf(string name)
        => !evidence.TryGetValue(name, out var component) || (component.Judged == 0 && component.Total <= 0) ? ThroughUnseen
            : component.Propagating > 0 ? ThroughTroubled
            : ThroughUsual;
}
