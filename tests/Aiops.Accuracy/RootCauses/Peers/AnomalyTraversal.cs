using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Topology;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>Anomalous components without an anomalous callee, reached from the alarm over anomalous callees.</summary>
/// <remarks>
/// As PetShop's authors run it [Hardt2024]; anomalies by <see cref="MadAnomalies"/>. A cause scores the sum of the anomaly
/// scores along the way to it, the largest over all ways.
/// </remarks>
internal sealed class AnomalyTraversal : IRootCauseMethod
{
    public string Name => "anomaly traversal";

    public IReadOnlyDictionary<string, double> Rank(RootCauseCase incident)
    {
        var causes = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (PeerTable.Of(incident) is { } table && MadAnomalies.Of(table) is { } anomalies)
        {
            Walk(incident.Topology, anomalies, table.Target.Component, [], 0, causes);
        }

        return causes;
    }

    private static void Walk(
        ServiceGraph graph, IReadOnlyDictionary<string, double> anomalies, string component, HashSet<string> way, double score,
        SortedDictionary<string, double> causes)
    {
        way.Add(component);
        score += anomalies[component];
        var callees = graph.CalleesOf(component).Where(anomalies.ContainsKey).ToList();
        if (callees.Count == 0)
        {
            causes[component] = Math.Max(score, causes.GetValueOrDefault(component));
        }

        foreach (var callee in callees.Where(callee => !way.Contains(callee)))
        {
            Walk(graph, anomalies, callee, way, score, causes);
        }

        way.Remove(component);
    }
}
