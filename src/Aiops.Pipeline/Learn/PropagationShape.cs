using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.Learn;

/// <summary>
/// How a trouble lay in the topology, in terms that hold for any system: from the component that alarmed to each suspect, the
/// shortest way by types. <c>AWS::Lambda::Function>AWS::DynamoDB::Table</c> goes to a callee, <c>&lt;</c> to a caller, <c>?</c> has no known type.
/// </summary>
public static class PropagationShape
{
    public const int MostSuspects = 5;

    private const int LongestWay = 4; // Calls: nearly every fault that is still seen is nearer.

    /// <param name="alarmed">Null where no component is named: then there is no shape.</param>
    /// <param name="suspects">The most probable first; the first <see cref="MostSuspects"/> count.</param>
    /// <returns>Distinct ways in ordinal order; a suspect that can't be reached gives none.</returns>
    public static IReadOnlyList<string> Of(ServiceGraph graph, string? alarmed, IEnumerable<string> suspects)
    {
        if (alarmed is null)
        {
            return [];
        }

        var ways = WaysFrom(graph, alarmed);
        return [.. suspects.Take(MostSuspects).Select(ways.GetValueOrDefault).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    // Breadth first, callees before callers and each in ordinal order: of two shortest ways the same one is always taken.
    private static Dictionary<string, string> WaysFrom(ServiceGraph graph, string alarmed)
    {
        Dictionary<string, string> ways = new(StringComparer.Ordinal) { [alarmed] = TypeOf(graph, alarmed) };
        List<string> frontier = [alarmed];
        for (var length = 1; length <= LongestWay && frontier.Count > 0; length++)
        {
            List<string> next = [];
            foreach (var from in frontier)
            {
                foreach (var (sign, to) in graph.CalleesOf(from).Select(to => ('>', to)).Concat(graph.CallersOf(from).Select(to => ('<', to))))
                {
                    if (ways.TryAdd(to, $"{ways[from]}{sign}{TypeOf(graph, to)}"))
                    {
                        next.Add(to);
                    }
                }
            }

            frontier = next;
        }

        return ways;
    }

    private static string TypeOf(ServiceGraph graph, string component) => graph.TypeOf(component) ?? "?";
}
