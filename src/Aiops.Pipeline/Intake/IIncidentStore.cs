using Aiops.Pipeline.Intake.Scopes;
using Aiops.Pipeline.Review;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Incidents and all that intake remembers, by correlation scope. A scope's changes are decided against a snapshot and
/// committed only if nobody committed in between.
/// </summary>
/// <remarks>
/// A store whose transactions are small (DynamoDB) may put the changes of a commit into the head as a redo note, written
/// conditionally in one item, and carry them out afterwards: whoever loads the scope finishes a note that it finds first.
/// Whether an execution was started and which signals are pending stands beside the head, and changes without its version.
/// </remarks>
public interface IIncidentStore
{
    Task<ScopeSnapshot> LoadAsync(string scope, SnapshotRequest request, CancellationToken cancellationToken);

    /// <param name="now">When keys and decisions were made, by the clock.</param>
    /// <returns>False where the scope is no longer at that version; nothing was written.</returns>
    Task<bool> CommitAsync(string scope, long expectedVersion, ScopeChanges changes, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Incidents committed whose execution is not known to run, oldest first; of every scope where that is null.</summary>
    Task<IReadOnlyList<Incident>> ListNotStartedAsync(string? scope, int max, CancellationToken cancellationToken);

    /// <summary>Notes that the execution runs. Doing it again is harmless.</summary>
    Task MarkExecutionStartedAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>
    /// What is due by then, earliest first, at most <paramref name="max"/> subjects and as many incidents. A scope that can't be
    /// looked into keeps no other from being listed, and is listed itself: whoever loads it meets the reason.
    /// </summary>
    Task<IReadOnlyList<DueWork>> ListDueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken);

    /// <summary>When something is due next; null where nothing waits.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    Task<Incident?> FindAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>Of one status or of all, newest first.</summary>
    Task<IReadOnlyList<Incident>> ListAsync(IncidentStatus? status, int max, CancellationToken cancellationToken);

    /// <summary>In order of event time, then subject; empty where there is no such incident.</summary>
    Task<IReadOnlyList<IncidentMember>> ListMembersAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<TriggerDecision>> ListDecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken);

    /// <summary>Signals raised and not cleared, oldest incident first.</summary>
    Task<IReadOnlyList<PendingSignal>> ListPendingAsync(int max, CancellationToken cancellationToken);

    /// <summary>Forgets a signal that was handed on; one raised or withdrawn since stays as it is.</summary>
    Task ClearPendingAsync(PendingSignal delivered, CancellationToken cancellationToken);

    /// <summary>Forgets keys past <see cref="TriggerKeys.Lifetime"/>, and decisions and idle subjects older than the time given.</summary>
    /// <returns>How many rows.</returns>
    Task<int> PurgeAsync(DateTimeOffset now, DateTimeOffset recordsBefore, CancellationToken cancellationToken);
}

/// <summary>A subject that belongs, or belonged, to an incident.</summary>
/// <param name="Trigger">The one by which it became a member.</param>
public sealed record IncidentMember(string IncidentId, string Subject, Trigger Trigger, bool Firing);

/// <summary>Holds and windows that ended, and incidents to close, in one scope.</summary>
public sealed record DueWork(string Scope, IReadOnlyList<string> Subjects, IReadOnlyList<string> Incidents);

/// <summary>A signal for an incident's workflow.</summary>
/// <param name="Revision">Tells this state of the signals from a later one.</param>
public sealed record PendingSignal(string IncidentId, PendingSignals Signals, string? Reason, long Revision)
{
    /// <summary>As the review desk takes it: a resolution settles more than a change.</summary>
    public ReviewSignal ToReview() => new()
    {
        Signal = Signals.HasFlag(PendingSignals.Resolved) ? ReviewSignalKind.Resolved : ReviewSignalKind.Changed,
        Reason = Reason,
    };
}

/// <summary>Which decisions are meant; what is left null doesn't narrow.</summary>
public sealed record DecisionFilter
{
    public string? IncidentId { get; init; }

    public string? Subject { get; init; }

    public string? SourceId { get; init; }

    public string? DecisionId { get; init; }

    public TriggerOutcome? Outcome { get; init; }

    /// <summary>The trigger's event time, from here on (included) …</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>… until here (excluded).</summary>
    public DateTimeOffset? To { get; init; }

    public int Max { get; init; } = 1_000;
}
