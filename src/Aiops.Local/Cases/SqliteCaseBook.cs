using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Local.Cases;

/// <summary>The case book in the shared database, each call one transaction.</summary>
/// <param name="oneScope">Where given, every scope is this one: a state folder is one team's, whose accounts learn from each other.</param>
public sealed class SqliteCaseBook(SqliteDatabase database, CaseMaker maker, string? oneScope = null) : ICaseBook, IPastIncidents
{
    private readonly SqliteVersions<PastCase> records = new(database, "case", CaseJson.Default.PastCase);

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
        var edits = cases.Select(past => (past.IncidentId, (VersionedEdit<PastCase>)(_ => (past, CaseStatus.Current)))).ToList();
        return [.. (await records.ChangeAsync(ScopeOf(scope), edits, change, cancellationToken)).Select(one => RecordOf(scope, one!))];
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
        => await records.FindAsync(ScopeOf(scope), incidentId, cancellationToken) is { } found ? RecordOf(scope, found) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseRecord>> HistoryAsync(string scope, string incidentId, CancellationToken cancellationToken)
        => [.. (await records.HistoryAsync(ScopeOf(scope), incidentId, cancellationToken)).Select(one => RecordOf(scope, one))];

    /// <inheritdoc/>
    public async Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken)
    {
        var (version, all) = await records.SnapshotAsync(ScopeOf(scope), cancellationToken);
        return new CaseSnapshot(version, [.. all.Select(one => RecordOf(scope, one))]);
    }

    /// <inheritdoc/>
    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => records.VersionAsync(ScopeOf(scope), cancellationToken);

    /// <inheritdoc/>
    public async Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
        => new([.. (await SnapshotAsync(incident.Scope, cancellationToken)).Current.Where(past => past.IncidentId != incident.Id)], []);

    private async Task<CaseRecord?> ChangeAsync(
        string scope, string incidentId, VersionedEdit<PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken)
        => (await records.ChangeAsync(ScopeOf(scope), [(incidentId, edit)], change, cancellationToken))[0] is { } changed ? RecordOf(scope, changed) : null;

    private string ScopeOf(string scope) => oneScope ?? scope;

    private CaseRecord RecordOf(string scope, Versioned<PastCase> one) => new(ScopeOf(scope), one.Content, one.Version, one.Status) { Change = one.Change };
}
