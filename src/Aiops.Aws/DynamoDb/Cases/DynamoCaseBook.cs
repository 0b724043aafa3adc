using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Aws.DynamoDb.Cases;

/// <summary>Cases in the single table, a partition a scope: the current record of each, and what it said before.</summary>
/// <remarks>Read whole for each comparison, a megabyte a request: fit for some ten thousand cases a scope.</remarks>
public sealed class DynamoCaseBook(DynamoTable table, CaseMaker maker) : ICaseBook, IPastIncidents
{
    private readonly DynamoVersions<PastCase> records = new(table, "CASE#", "EARLIER#", "PastCase", CaseJson.Default.PastCase);

    /// <inheritdoc/>
    public async Task<CaseRecord> WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
    {
        var past = await maker.MakeAsync(incident, outcome, round, cancellationToken);
        return await this.RecordAsync(incident.Scope, past, new KnowledgeChange(ChangeOrigin.Review, outcome.Reviewer, outcome.At), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseRecord>> RecordAsync(
        string scope, IReadOnlyList<PastCase> cases, KnowledgeChange change, CancellationToken cancellationToken)
    {
        var written = new CaseRecord[cases.Count];
        await DynamoTable.ForEachAsync(cases.Index(), async (one, token) =>
        {
            written[one.Index] = (await ChangeAsync(scope, one.Item.IncidentId, _ => (one.Item, CaseStatus.Current), change, token))!;
        }, cancellationToken);
        return written;
    }

    /// <inheritdoc/>
    public Task<CaseRecord?> ReviseAsync(
        string scope, string incidentId, Func<PastCase, PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken)
        => ChangeAsync(
            scope, incidentId, known => known is null ? null : (edit(known.Content) with { IncidentId = incidentId }, known.Status), change, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseRecord?> RevokeAsync(string scope, string incidentId, KnowledgeChange change, CancellationToken cancellationToken)
        => ChangeAsync(scope, incidentId, known => known is null ? null : (known.Content, CaseStatus.Revoked), change, cancellationToken);

    /// <inheritdoc/>
    public async Task<CaseRecord?> FindAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => await records.FindAsync(scope, incidentId, cancellationToken) is { } found ? RecordOf(scope, found) : null;

    /// <summary>Those of them that exist, as they stand now.</summary>
    public async Task<IReadOnlyList<CaseRecord>> FindAsync(string scope, IEnumerable<string> incidentIds, CancellationToken cancellationToken)
        => [.. (await records.FindAsync(scope, incidentIds, cancellationToken)).Select(one => RecordOf(scope, one))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseRecord>> HistoryAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => [.. (await records.HistoryAsync(scope, incidentId, cancellationToken)).Select(one => RecordOf(scope, one))];

    /// <inheritdoc/>
    public async Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        var all = await records.AllAsync(scope, cancellationToken);
        return new CaseSnapshot(all.Sum(one => one.Version), [.. all.Select(one => RecordOf(scope, one))]);
    }

    /// <inheritdoc/>
    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => records.SumOfVersionsAsync(scope, cancellationToken);

    /// <inheritdoc/>
    public async Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
        => new([.. (await SnapshotAsync(incident.Scope, cancellationToken)).Current.Where(past => past.IncidentId != incident.Id)], []);

    private async Task<CaseRecord?> ChangeAsync(
        string scope, string incidentId, VersionedEdit<PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken)
        => await records.ChangeAsync(scope, incidentId, edit, change, cancellationToken) is { } changed ? RecordOf(scope, changed) : null;

    private static CaseRecord RecordOf(string scope, Versioned<PastCase> one) => new(scope, one.Content, one.Version, one.Status) { Change = one.Change };
}
