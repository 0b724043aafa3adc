using System.Text.Json;
using Aiops.Pipeline.Comment;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>Which analyses somebody may have had before them when they wrote. A comment is edited in place, so it needn't be the newest.</summary>
internal sealed class SeenReports(IDocumentStore documents, IIncidentReports reports)
{
    /// <summary>How long before a reply its writer may have looked at the ticket.</summary>
    public static readonly TimeSpan Reading = TimeSpan.FromMinutes(10);

    /// <summary>How far the ticket system's clock may be behind ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <returns>In order of rounds, at least one. A round whose time isn't known may always have been seen.</returns>
    public async Task<Seen> ReadAsync(string incidentId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var latest = await documents.LatestRoundAsync(incidentId, cancellationToken);
        var newest = await reports.ReadAsync(incidentId, latest, cancellationToken);
        List<IncidentReport> may = [];
        DateTimeOffset? next = null;
        for (var round = latest; round >= 1; round--)
        {
            var from = await FromAsync(incidentId, round, cancellationToken);
            var wasThere = from is null || from <= at + Skew;
            var wasReplaced = next <= at - Reading;
            if (wasThere && !wasReplaced)
            {
                may.Insert(0, round == latest ? newest : await reports.ReadAsync(incidentId, round, cancellationToken));
            }

            next = from ?? next;
        }

        return new Seen(newest, may.Count > 0 ? may : [newest]);
    }

    private async Task<DateTimeOffset?> FromAsync(string incidentId, int round, CancellationToken cancellationToken)
        => await documents.GetAsync(DocumentKeys.Commented(incidentId, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, CommentJson.Default.Commented)?.From
            : null;
}

/// <param name="MayHave">What the reply may speak of, the newest last.</param>
internal sealed record Seen(IncidentReport Newest, IReadOnlyList<IncidentReport> MayHave)
{
    /// <summary>What all of them say at this place; null where they differ or say nothing, which <paramref name="differ"/> tells apart.</summary>
    public T? Same<T>(Func<IncidentReport, T?> of, Func<T, string> key, out bool differ)
        where T : class
    {
        List<T?> said = [.. MayHave.Select(of)];
        differ = said.Select(one => one is null ? null : key(one)).Distinct(StringComparer.Ordinal).Skip(1).Any();
        return differ ? null : said[^1];
    }
}
