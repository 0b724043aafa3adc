using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;

namespace Aiops.Console.Reading;

/// <summary>All that the page of one incident shows.</summary>
/// <param name="Report">Null while the first analysis is under way.</param>
/// <param name="Components">What the true cause may be called, suspects first.</param>
public sealed record IncidentView(
    IncidentDigest Digest, IncidentReport? Report, IReadOnlyList<IncidentMember> Members, IReadOnlyList<string> Components, DateTimeOffset Now)
{
    private const int MostComponents = 1_000;

    /// <summary>What may be proposed; empty where approved actions are off.</summary>
    public IReadOnlyList<ActionOffer> Offers { get; init; } = [];

    /// <summary>What was proposed, newest first.</summary>
    public IReadOnlyList<ActionRequest> Actions { get; init; } = [];

    public Incident Incident => Digest.Incident;

    /// <summary>Changes whenever the page would say something else.</summary>
    public static string Stamp(IncidentDigest digest)
        => $"{digest.Round}.{digest.Incident.Status}.{digest.Incident.FiringCount}.{digest.Incident.MemberCount}.{digest.Incident.LastEventAt.Ticks}.{digest.Outcome?.At.Ticks}";

    /// <returns>Null where there is no such incident.</returns>
    public static async Task<IncidentView?> ReadAsync(ConsolePorts ports, IncidentDigests digests, string id, CancellationToken cancellationToken)
    {
        if (await ports.Incidents.FindAsync(id, cancellationToken) is not { } incident)
        {
            return null;
        }

        var digest = await digests.ReadAsync(incident, cancellationToken);
        var report = digest.Round == 0 ? null : AsItWas(await ports.Reports.ReadAsync(incident.Id, digest.Round, cancellationToken));
        var members = await ports.Incidents.ListMembersAsync(incident.Id, cancellationToken);
        string[] known = [.. digest.Suspects, .. incident.Components, .. (IEnumerable<string>?)report?.Context.Topology.Components.Select(one => one.Name).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()];
        return new IncidentView(digest, report, members, [.. known.Where(name => name.Length > 0).Distinct().Take(MostComponents)], ports.Time.GetUtcNow())
        {
            Offers = await ports.Actions.OffersAsync(incident, cancellationToken),
            Actions = await ports.Actions.ListAsync(incident.Id, cancellationToken),
        };
    }

    // The page is looked at later than the analysis was made, which judged up to its own time.
    private static IncidentReport AsItWas(IncidentReport report) => report with { AnalysedAt = report.Context.Window.End };
}
