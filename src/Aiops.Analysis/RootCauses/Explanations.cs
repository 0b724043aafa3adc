using Aiops.Analysis.Topology;

namespace Aiops.Analysis.RootCauses;

/// <summary>Asks the topology what explains what: trouble travels from a callee to its callers, load from a caller to its callees.</summary>
/// <remarks>
/// The graph is taken as a witness that may err: it shifts scores and never excludes. A callee explains a caller across
/// components that show nothing or have no telemetry, with <see cref="Decay"/> a step.
/// </remarks>
internal sealed class Explanations(ServiceGraph graph, IReadOnlyDictionary<string, ComponentEvidence> evidence, TimeSpan tolerance)
{
    private const int Furthest = 4;
    private const double Decay = 0.7;
    private const double LaterShare = 0.3; // A callee that departs after its caller explains little of it; onsets err.

    /// <summary>The callee that explains most of what the component shows, and how much of it, 0 to 1; null when none does.</summary>
    public (string Callee, double Share)? BestCalleeFor(ComponentEvidence caller)
    {
        var propagating = caller.Propagating;
        return propagating <= 0 ? null : Best(Reach(caller.Component, graph.CalleesOf)
            .Select(found =>
            {
                var callee = evidence[found.Name];
                var order = OrderOf(callee.Onset, caller.PropagatingOnset);
                return (found.Name, found.Share * MutualOf(callee, caller) * order * caller.ExplainedBy(callee) / propagating);
            }));
    }

    /// <summary>The caller whose surge, or whose own trouble, explains the component's load.</summary>
    public (string Caller, double Share)? BestCallerFor(ComponentEvidence callee)
    {
        var load = callee.Load;
        return load <= 0 ? null : Best(Reach(callee.Component, graph.CallersOf)
            .Where(found => callee.Surges == evidence[found.Name].Surges)
            .Select(found =>
            {
                var caller = evidence[found.Name];
                return (found.Name, found.Share * OrderOf(caller.Onset, callee.Onset) * Math.Min(1, caller.Total / load));
            }));
    }

    /// <summary>Whether calls lead from one to the other within the bound; null when the graph doesn't know both.</summary>
    public bool? DependsOn(string from, string to)
    {
        if (!graph.Contains(from) || !graph.Contains(to))
        {
            return null;
        }

        HashSet<string> seen = [from];
        List<string> frontier = [from];
        while (frontier.Count > 0 && !seen.Contains(to))
        {
            frontier = [.. frontier.SelectMany(graph.CalleesOf).Where(seen.Add)];
        }

        return seen.Contains(to);
    }

    /// <summary>Where each depends on the other, only the one that shows more explains; else all in the circle would explain each other away.</summary>
    private double MutualOf(ComponentEvidence callee, ComponentEvidence caller)
        => callee.Total <= caller.Total && DependsOn(callee.Component, caller.Component) == true ? LaterShare : 1;

    private double OrderOf(DateTimeOffset? explaining, DateTimeOffset? explained)
        => explaining <= explained + tolerance || explaining is null || explained is null ? 1 : LaterShare;

    /// <summary>Components with evidence, reached across ones without, each with its share by distance; the nearest way counts.</summary>
    private List<(string Name, double Share)> Reach(string from, Func<string, IReadOnlyList<string>> next)
    {
        List<(string, double)> found = [];
        HashSet<string> seen = [from];
        List<string> frontier = [from];
        var share = 1.0;
        for (var step = 0; step < Furthest && frontier.Count > 0; step++, share *= Decay)
        {
            List<string> further = [];
            foreach (var name in frontier.SelectMany(next).Where(seen.Add))
            {
                if (evidence.TryGetValue(name, out var there) && there.Total > 0)
                {
                    found.Add((name, share));
                }
                else
                {
                    further.Add(name);
                }
            }

            frontier = further;
        }

        return found;
    }

    private static (string, double)? Best(IEnumerable<(string Name, double Share)> candidates)
    {
        (string Name, double Share)? best = null;
        foreach (var candidate in candidates.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (candidate.Share > (best?.Share ?? 0) + 1e-9)
            {
                best = candidate;
            }
        }

        return best;
    }
}
