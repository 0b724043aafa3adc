using Aiops.Pipeline;

namespace Aiops.Mcp.Answers;

/// <summary>One incident in a line.</summary>
/// <param name="Round">Its newest analysis; 0 while the first is under way.</param>
/// <param name="Cause">What the analysis names first; null where it names nothing.</param>
/// <param name="Confidence">Of that, 0 to 1.</param>
/// <param name="Reviewed">How people judged it; null where nobody did.</param>
internal sealed record IncidentSummary(
    string Id,
    IncidentStatus Status,
    string Title,
    DateTimeOffset OpenedAt,
    DateTimeOffset LastEventAt,
    DateTimeOffset? ResolvedAt,
    Severity? Severity,
    IncidentKind Kind,
    IReadOnlyList<string> Components,
    int Alarms,
    int Firing,
    string? FollowsIncident,
    int Round,
    string? Suspect,
    string? Cause,
    double Confidence,
    Verdict? Reviewed)
{
    public static IReadOnlyList<string> Outside(string at) => [$"{at}.title", $"{at}.components", $"{at}.suspect", $"{at}.cause"];
}

internal sealed record IncidentList(IReadOnlyList<IncidentSummary> Incidents, string? Note);
