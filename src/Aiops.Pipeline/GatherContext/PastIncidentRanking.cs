namespace Aiops.Pipeline.GatherContext;

/// <summary>Which earlier incidents resemble this one, and by what.</summary>
/// <remarks>
/// A weighted mean of overlaps (shared over all, of the smaller side), over what both sides know: what one of them doesn't
/// know neither helps nor harms, and a single thing known to both can't make them alike beyond its weight's share.
/// </remarks>
public static class PastIncidentRanking
{
    public const double LeastSimilarity = 0.3;
    public const int Most = 5;

    private const double Known = 0.5; // The share of weights below which knowing little is held against a likeness.

    /// <summary>The most alike first, at most <see cref="Most"/>; equally alike ones, the newer first.</summary>
    public static IReadOnlyList<PastIncident> Rank(IncidentFingerprint now, IEnumerable<PastCase> cases) => [.. cases
        .Select(past => Compare(now, past))
        .Where(past => past.Similarity >= LeastSimilarity)
        .OrderByDescending(past => past.Similarity)
        .ThenByDescending(past => past.OpenedAt)
        .ThenBy(past => past.IncidentId, StringComparer.Ordinal)
        .Take(Most)];

    private static PastIncident Compare(IncidentFingerprint now, PastCase past)
    {
        var then = past.Fingerprint;
        (string Phrase, double Weight, double? Overlap)[] parts =
        [
            ("same service", 0.3, Overlap(now.Components, then.Components)),
            ("same log pattern", 0.3, Overlap(now.LogPatterns, then.LogPatterns)),
            ("same metric", 0.2, Overlap(now.Metrics, then.Metrics)),
            ("same kind of trouble", 0.1, now.Kind == IncidentKind.Unknown || then.Kind == IncidentKind.Unknown ? null : now.Kind == then.Kind ? 1 : 0),
            ("same type of resource", 0.1, Overlap(now.Types, then.Types)),
        ];
        var known = parts.Where(part => part.Overlap is not null).Sum(part => part.Weight);
        var similarity = parts.Sum(part => part.Weight * (part.Overlap ?? 0)) / Math.Max(known, Known);
        return new PastIncident(
            past.IncidentId,
            past.Title,
            past.OpenedAt,
            Math.Round(similarity, 6),
            [.. parts.Where(part => part.Overlap > 0).Select(part => part.Phrase)],
            past.Cause,
            past.Component,
            past.Helped)
        {
            Verdict = past.Verdict,
            RuledOut = past.Verdict == Verdict.Rejected ? past.Named : null,
        };
    }

    private static double? Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.Count == 0 || other.Count == 0
        ? null
        : one.Intersect(other).Count() / (double)Math.Min(one.Distinct().Count(), other.Distinct().Count());
}
