using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>The part of the topology that the incident is about: who is concerned, and the way from symptom to suspect.</summary>
internal sealed record Propagation(
    IReadOnlyList<string> Components,
    IReadOnlySet<Call> Path,
    IReadOnlySet<string> Alarmed,
    IReadOnlySet<string> Anomalous,
    IReadOnlyDictionary<string, int> Ranks,
    int LeftOut)
{
    private const int Most = 40;       // More boxes than that are no picture.
    private const int WholeGraph = 24; // Up to so many, everything is shown.

    public static Propagation Of(IncidentReport report)
    {
        var graph = report.Context.Topology;
        var alarmed = report.Incident.Components.Where(graph.Contains).ToHashSet();
        var ranks = report.Diagnosis.Hypotheses.Where(hypothesis => graph.Contains(hypothesis.Component))
            .GroupBy(hypothesis => hypothesis.Component).ToDictionary(group => group.Key, group => group.Min(hypothesis => hypothesis.Rank));
        var anomalous = report.Diagnosis.Evidence
            .Where(evidence => evidence.Kind is EvidenceKind.Metric or EvidenceKind.Log or EvidenceKind.Trace && evidence.Onset is not null && graph.Contains(evidence.Component))
            .Select(evidence => evidence.Component).ToHashSet();
        var suspect = report.Diagnosis.Hypotheses.Select(hypothesis => hypothesis.Component).FirstOrDefault(graph.Contains);
        var path = suspect is null ? [] : alarmed.Order(StringComparer.Ordinal).SelectMany(from => Way(graph, from, suspect)).ToHashSet();

        var suspects = ranks.OrderBy(pair => pair.Value).Select(pair => pair.Key).ToList();
        var all = graph.Components.Select(component => component.Name).ToList();
        var wanted = path.SelectMany(call => new[] { call.Caller, call.Callee })
            .Concat(suspects).Concat(alarmed.Order(StringComparer.Ordinal)).Concat(anomalous.Order(StringComparer.Ordinal))
            .Concat(suspects.SelectMany(graph.CallersOf)).Concat(suspects.SelectMany(graph.CalleesOf))
            .Concat(all.Count <= WholeGraph ? all : [])
            .Distinct().ToList();
        return new Propagation([.. wanted.Take(Most)], path, alarmed, anomalous, ranks, all.Count - Math.Min(Most, wanted.Count));
    }

    /// <summary>The calls on a shortest way from a caller to a component that it depends on; none when it doesn't.</summary>
    private static List<Call> Way(ServiceGraph graph, string from, string to)
    {
        Dictionary<string, string> cameFrom = new() { [from] = from };
        Queue<string> open = new([from]);
        while (open.TryDequeue(out var at) && at != to)
        {
            foreach (var callee in graph.CalleesOf(at).Where(callee => cameFrom.TryAdd(callee, at)))
            {
                open.Enqueue(callee);
            }
        }

        List<Call> way = [];
        for (var at = cameFrom.ContainsKey(to) ? to : from; at != from; at = cameFrom[at])
        {
            way.Add(new Call(cameFrom[at], at));
        }

        return way;
    }
}
