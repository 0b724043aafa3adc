using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.PortTests.Cases;

/// <summary>A book that nobody may open, but for what a test overrides.</summary>
public class NoCaseBook : ICaseBook
{
    public virtual Task<CaseRecord> WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CaseRecord>> RecordAsync(string scope, IReadOnlyList<PastCase> cases, KnowledgeChange change, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<CaseRecord?> ReviseAsync(string scope, string incidentId, Func<PastCase, PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<CaseRecord?> RevokeAsync(string scope, string incidentId, KnowledgeChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CaseRecord?> FindAsync(string scope, string incidentId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CaseRecord>> HistoryAsync(string scope, string incidentId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CaseSnapshot> SnapshotAsync(string scope, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> VersionAsync(string scope, CancellationToken cancellationToken) => throw new NotSupportedException();
}
