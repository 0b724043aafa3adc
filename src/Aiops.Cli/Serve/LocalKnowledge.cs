using Aiops.Console;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Learn.Retrieval;

namespace Aiops.Cli.Serve;

/// <summary>What this machine learned and was told, for the console: found as <c>aiops kb search</c> finds it.</summary>
internal sealed class LocalKnowledge(LocalHost host) : IConsoleKnowledge
{
    private const int LongestExcerpt = 600;

    public async Task<IReadOnlyList<FoundCase>> SearchAsync(string text, int most, CancellationToken cancellationToken)
    {
        var snapshot = await host.Cases.SnapshotAsync(LocalHost.KnowledgeScope, cancellationToken);
        if (text.Length == 0)
        {
            return [.. snapshot.Records.OrderByDescending(record => record.Change?.At ?? record.Case.OpenedAt).Take(most).Select(record => new FoundCase(record, []))];
        }

        var index = await host.Knowledge.OfAsync(LocalHost.KnowledgeScope, cancellationToken);
        var records = snapshot.Records.ToDictionary(record => record.Case.IncidentId);
        return [.. index.Search(new KnowledgeQuery { Text = text, Documents = false }, most)
            .Where(hit => hit.Case is not null && records.ContainsKey(hit.Case.IncidentId))
            .Select(hit => new FoundCase(records[hit.Case!.IncidentId], hit.Terms))];
    }

    public async Task<IReadOnlyList<CaseVersion>> HistoryAsync(string incidentId, CancellationToken cancellationToken)
        => [.. (await host.Cases.HistoryAsync(LocalHost.KnowledgeScope, incidentId, cancellationToken)).Reverse()
            .Select(record => new CaseVersion(record, record.Change?.By, record.Change?.At))];

    public async Task<IReadOnlyList<KnownDocument>> DocumentsAsync(string text, int most, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            var snapshot = await host.Runbooks.SnapshotAsync(LocalHost.KnowledgeScope, cancellationToken);
            return [.. snapshot.Current.Take(most).Select(document => new KnownDocument(document.Title, document.Id, Excerpt(document.Text), []))];
        }

        var index = await host.Knowledge.OfAsync(LocalHost.KnowledgeScope, cancellationToken);
        return [.. index.Search(new KnowledgeQuery { Text = text, Cases = false }, most)
            .Where(hit => hit.Section is not null)
            .Select(hit => new KnownDocument(string.Join(" › ", hit.Section!.Headings.Prepend(hit.Section.Title).Distinct()), hit.Section.Id, Excerpt(hit.Section.Text), hit.Terms))];
    }

    private static string Excerpt(string text) => text.Length <= LongestExcerpt ? text : text[..LongestExcerpt];
}
