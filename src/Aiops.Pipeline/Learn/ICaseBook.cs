using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>
/// The reviewed incidents, one case an incident, with every version that there was. Each call is atomic: of any number at the
/// same time each makes its own version, and none is lost. Saying the same again makes none.
/// </summary>
public interface ICaseBook : ICaseSnapshots
{
    /// <summary>What a review taught. A case that was taken back stands again: somebody judged it anew.</summary>
    Task<CaseRecord> WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken);

    /// <summary>Cases that are known from elsewhere, each replacing what is known of its incident; all of them or, where a store can't, those before the failure.</summary>
    Task<IReadOnlyList<CaseRecord>> RecordAsync(string scope, IReadOnlyList<PastCase> cases, KnowledgeChange change, CancellationToken cancellationToken);

    /// <summary>Edits what is known; one that was taken back stays so.</summary>
    /// <param name="edit">Given the case as it stands; called again when another was faster. The incident's id stays whatever it answers.</param>
    /// <returns>Null where there is no such case.</returns>
    Task<CaseRecord?> ReviseAsync(string scope, string incidentId, Func<PastCase, PastCase> edit, KnowledgeChange change, CancellationToken cancellationToken);

    /// <summary>Takes a case back: it answers nothing any more, from the next comparison on.</summary>
    /// <returns>Null where there is no such case.</returns>
    Task<CaseRecord?> RevokeAsync(string scope, string incidentId, KnowledgeChange change, CancellationToken cancellationToken);

    /// <summary>As it stands, whatever its status; null where there is none.</summary>
    Task<CaseRecord?> FindAsync(string scope, string incidentId, CancellationToken cancellationToken);

    /// <summary>Every version, the first one first; the last one is as it stands. Empty where there is no such case.</summary>
    Task<IReadOnlyList<CaseRecord>> HistoryAsync(string scope, string incidentId, CancellationToken cancellationToken);
}

/// <summary>Shorter ways to say it.</summary>
public static class CaseBookCalls
{
    public static async Task<CaseRecord> RecordAsync(
        this ICaseBook book, string scope, PastCase past, KnowledgeChange change, CancellationToken cancellationToken)
        => (await book.RecordAsync(scope, [past], change, cancellationToken))[0];
}
