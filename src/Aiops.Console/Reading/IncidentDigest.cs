using Aiops.Pipeline;

namespace Aiops.Console.Reading;

/// <summary>What a list shows of one incident beside what intake knows of it.</summary>
/// <param name="Round">The newest analysis; 0 before the first.</param>
/// <param name="Suspects">Components of the hypotheses, the most probable first.</param>
public sealed record IncidentDigest(
    Incident Incident,
    int Round,
    Severity? Severity,
    IncidentKind Kind,
    string? Cause,
    double Confidence,
    IReadOnlyList<string> Suspects,
    Outcome? Outcome)
{
    public bool IsReviewed => Outcome is { Verdict: Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected };
}
