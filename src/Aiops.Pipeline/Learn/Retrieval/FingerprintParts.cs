using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>The parts that two fingerprints are compared in, what each counts for, and what sharing it is called.</summary>
/// <remarks>Weights sum to 1. A service's name counts for a fifth, so that a cause is known again under another service's name.</remarks>
internal static class FingerprintParts
{
    private const int TopSuspects = 3; // Of an incident whose cause nobody knows yet.

    public static IReadOnlyList<(string Phrase, double Weight)> All { get; } =
    [
        ("same service", 0.2),
        ("same metric", 0.08),
        ("same kind of metric", 0.12),
        ("same log pattern", 0.15),
        ("same kind of trouble", 0.07),
        ("same type of resource", 0.07),
        ("same kind of change", 0.08),
        ("same way through the topology", 0.08),
        ("the suspect shows the same", 0.15),
    ];

    /// <summary>The values of each part, distinct; a part that isn't known is empty.</summary>
    /// <param name="cause">The reviewed cause, whose marks then count alone; null where none is known.</param>
    public static IReadOnlyList<string>[] Of(IncidentFingerprint fingerprint, string? cause) =>
    [
        Distinct(fingerprint.Components),
        Distinct(fingerprint.Metrics),
        Distinct(fingerprint.Metrics.Select(metric => SignalKinds.Of(metric, "")).Where(kind => kind != SignalKind.Other).Select(kind => kind.ToString())),
        Distinct(fingerprint.LogPatterns),
        fingerprint.Kind == IncidentKind.Unknown ? [] : [fingerprint.Kind.ToString()],
        Distinct(fingerprint.Types),
        Distinct(fingerprint.Changes),
        Distinct(fingerprint.Shape),
        Distinct(SuspectsOf(fingerprint, cause).SelectMany(suspect => suspect.Features)),
    ];

    private static IEnumerable<SuspectSignature> SuspectsOf(IncidentFingerprint fingerprint, string? cause)
        => cause is not null && fingerprint.Suspects.FirstOrDefault(suspect => suspect.Component == cause) is { } known
            ? [known]
            : fingerprint.Suspects.Take(TopSuspects);

    private static List<string> Distinct(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal)];
}
