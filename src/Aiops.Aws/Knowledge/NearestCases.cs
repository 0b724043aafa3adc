using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Aws.Knowledge;

/// <summary>Which of many cases are worth comparing, by what the incident says of itself before anything is gathered.</summary>
internal static class NearestCases
{
    /// <summary>Those that share a component first, then those that share a metric; of equals, the newer ones.</summary>
    public static IReadOnlyList<PastCase> Of(Incident incident, IEnumerable<PastCase> cases, int most) => [.. cases
        .OrderByDescending(past => past.Fingerprint.Components.Intersect(incident.Components).Any())
        .ThenByDescending(past => incident.First.Signal is { } signal && past.Fingerprint.Metrics.Contains(signal.Metric))
        .ThenByDescending(past => past.OpenedAt)
        .ThenBy(past => past.IncidentId, StringComparer.Ordinal)
        .Take(most)];
}
