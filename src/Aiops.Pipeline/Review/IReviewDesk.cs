namespace Aiops.Pipeline.Review;

/// <summary>
/// Where a waiting workflow's token lies, and the one signal that waits for it. Each method is atomic, so that a signal and
/// a token that arrive at the same moment still meet.
/// </summary>
public interface IReviewDesk
{
    /// <summary>Lays down the token, replacing an older one; answers the signal that has been waiting, if there is one.</summary>
    Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken);

    /// <summary>Leaves a signal. Of two that wait, the one that settles more stays.</summary>
    Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken);

    /// <summary>What lies there now; null where nothing does.</summary>
    Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>Takes a waiting <see cref="ReviewSignalKind.Changed"/> back: an analysis has begun that sees the change.</summary>
    Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>Forgets token and signal once the workflow has the answer; another token or signal stays.</summary>
    Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken);

    /// <summary>Those that have both a token and a signal: answered, or about to be when somebody died.</summary>
    Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken);
}

/// <summary>What lies on the desk for one incident.</summary>
public sealed record PendingReview(string IncidentId, string? TaskToken, ReviewSignal? Signal);

/// <summary>Answers a waiting workflow (<c>SendTaskSuccess</c>).</summary>
public interface IWorkflowCallbacks
{
    /// <summary>False when the token is no longer waited for: timed out, or answered before.</summary>
    Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken);
}
