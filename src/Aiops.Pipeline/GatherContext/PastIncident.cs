namespace Aiops.Pipeline.GatherContext;

/// <summary>An earlier incident that resembles this one, and why it was thought so.</summary>
/// <param name="Similarity">0 to 1.</param>
/// <param name="Because">What they share, a phrase each (<c>same service</c>, <c>same log pattern</c>).</param>
/// <param name="Cause">What it turned out to be, as reviewed; null when nobody said.</param>
public sealed record PastIncident(
    string IncidentId,
    string Title,
    DateTimeOffset OpenedAt,
    double Similarity,
    IReadOnlyList<string> Because,
    string? Cause = null,
    string? Component = null,
    IReadOnlyList<string>? Helped = null)
{
    /// <summary>How its analysis was judged. After <see cref="Verdict.Rejected"/> the cause isn't known, whatever the words say.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>What was named and turned out wrong; null unless it was rejected with something named.</summary>
    public string? RuledOut { get; init; }
}
