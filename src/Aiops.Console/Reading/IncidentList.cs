using Aiops.Pipeline;
using Aiops.Pipeline.Intake;

namespace Aiops.Console.Reading;

/// <summary>One page of incidents, and what is true of all that are kept.</summary>
/// <param name="Found">How many the query takes.</param>
/// <param name="Services">Every component that an incident names, in ordinal order.</param>
public sealed record IncidentList(
    IncidentQuery Query, IReadOnlyList<IncidentDigest> Shown, int Found, int Open, int Unreviewed, int All, IReadOnlyList<string> Services, DateTimeOffset Now)
{
    public const int PageSize = 25;

    private const int MostRead = 2_000; // Newer ones; older ones are found in the ticket system.
    private const int MostServices = 500;

    public int Pages => Math.Max(1, (Found + PageSize - 1) / PageSize);

    /// <summary>Open ones first, the worst of them on top; the others newest first.</summary>
    public static async Task<IncidentList> ReadAsync(
        IIncidentStore incidents, IncidentDigests digests, IncidentQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = await digests.ReadAsync(await incidents.ListAsync(null, MostRead, cancellationToken), cancellationToken);
        var found = all.Where(query.Takes)
            .OrderBy(digest => digest.Incident.Status != IncidentStatus.Open)
            .ThenBy(digest => digest.Incident.Status == IncidentStatus.Open ? digest.Severity ?? Severity.Sev3 : Severity.Sev1)
            .ThenByDescending(digest => digest.Incident.OpenedAt)
            .ToList();
        var page = Math.Min(query.Page, Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        return new IncidentList(
            query with { Page = page },
            [.. found.Skip((page - 1) * PageSize).Take(PageSize)],
            found.Count,
            all.Count(digest => digest.Incident.Status == IncidentStatus.Open),
            all.Count(digest => !digest.IsReviewed && digest.Round > 0),
            all.Count,
            [.. all.SelectMany(digest => digest.Incident.Components).Distinct().Order(StringComparer.Ordinal).Take(MostServices)],
            now);
    }
}
