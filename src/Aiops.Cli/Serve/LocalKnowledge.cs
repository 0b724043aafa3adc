using Aiops.Console;
using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using System.Text.Json;

namespace Aiops.Cli.Serve;

/// <summary>What this machine's case book holds, for the console.</summary>
internal sealed class LocalKnowledge(LocalHost host, string scope) : IConsoleKnowledge
{
    public async Task<IReadOnlyList<KnowledgeHit>> SearchAsync(string text, int most, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var snapshot = await host.Cases.SnapshotAsync(scope, cancellationToken);
        return [.. snapshot.Records
            .Where(record => words.All(word => TextsOf(record).Any(part => part.Text.Contains(word, StringComparison.OrdinalIgnoreCase))))
            .OrderByDescending(record => record.Case.OpenedAt)
            .Take(most)
            .Select(record => new KnowledgeHit(record, [.. TextsOf(record)
                .Where(part => words.Any(word => part.Text.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(part => part.Name).Distinct()]))];
    }

    public async Task<IReadOnlyList<CaseVersion>> HistoryAsync(string incidentId, CancellationToken cancellationToken)
    {
        var snapshot = await host.Cases.SnapshotAsync(scope, cancellationToken);
        if (snapshot.Records.FirstOrDefault(record => record.Case.IncidentId == incidentId) is not { } found)
        {
            return [];
        }

        var outcome = await host.Documents.GetAsync(DocumentKeys.Outcome(incidentId), cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, LearnJson.Default.Outcome)
            : null;
        return [new CaseVersion(found, outcome?.Reviewer, outcome?.At)];
    }

    public Task<IReadOnlyList<KnownDocument>> DocumentsAsync(string text, int most, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<KnownDocument>>([]); // The case book holds cases alone.

    private static IEnumerable<(string Name, string Text)> TextsOf(CaseRecord record) =>
    [
        ("title", record.Case.Title),
        ("cause", record.Case.Cause ?? ""),
        ("component", record.Case.Component ?? ""),
        ("id", record.Case.IncidentId),
        .. (record.Case.Helped ?? []).Select(playbook => ("what helped", playbook)),
        .. record.Case.Fingerprint.Components.Select(component => ("component", component)),
        .. record.Case.Fingerprint.Metrics.Select(metric => ("metric", metric)),
    ];
}
