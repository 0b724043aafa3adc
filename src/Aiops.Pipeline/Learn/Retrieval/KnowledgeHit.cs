using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>Something that was found, and why. Either <see cref="Case"/> or <see cref="Section"/> is set.</summary>
public sealed record KnowledgeHit
{
    public PastCase? Case { get; init; }

    public DocumentSection? Section { get; init; }

    /// <summary>By reciprocal ranks, which say nothing alone: only that the next one's is lower or equal.</summary>
    public required double Score { get; init; }

    /// <summary>Of the fingerprints, 0 to 1; 0 where none was asked with.</summary>
    public double Similarity { get; init; }

    /// <summary>Its place among those found by words, 1 the best; null where its words found nothing.</summary>
    public int? TextRank { get; init; }

    /// <summary>Its place among those found by fingerprint, 1 the best; null where it isn't like it.</summary>
    public int? FingerprintRank { get; init; }

    /// <summary>Which words of the query found it, the most telling first.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>What its fingerprint shares with the one asked with.</summary>
    public IReadOnlyList<SharedPart> Shared { get; init; } = [];
}

/// <param name="Phrase">For people: <c>same kind of metric</c>.</param>
/// <param name="Values">What exactly.</param>
public sealed record SharedPart(string Phrase, IReadOnlyList<string> Values);

/// <summary>What is looked for: words, a fingerprint, or both.</summary>
public sealed record KnowledgeQuery
{
    public string? Text { get; init; }

    public IncidentFingerprint? Fingerprint { get; init; }

    public bool Cases { get; init; } = true;

    public bool Documents { get; init; } = true;
}
