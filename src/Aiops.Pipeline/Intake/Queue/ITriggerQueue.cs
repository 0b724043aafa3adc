namespace Aiops.Pipeline.Intake.Queue;

/// <summary>
/// Raw events in, leased messages out, at least once: a message is handed out again whenever its lease ends before it was
/// deleted, and is set aside as a dead letter once it was received a set number of times without success.
/// </summary>
/// <remarks>
/// Nothing is promised of the order: consumers decide by event time. Routine work is never starved by urgent work: the
/// implementation states its bound. What is visible may take a moment to be handed out.
/// </remarks>
public interface ITriggerQueue
{
    /// <summary>Takes the batch; once this returns, none of it is lost. Where it throws, a part may have been taken all the same.</summary>
    /// <returns>The message ids, in the order of the batch.</returns>
    Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken);

    /// <summary>Leases up to <paramref name="max"/> messages; returns at once, with none where none is visible.</summary>
    Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what was dealt with. A receipt whose message is gone does nothing; one whose message was since handed out
    /// again should do nothing, and a receiver that must not rely on it keeps within its lease.
    /// </summary>
    Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken);

    /// <summary>Lets the lease end <paramref name="fromNow"/>: later, to work on; or at once (zero), to give it back.</summary>
    /// <returns>False where the lease is lost: the message was handed out again, or is gone.</returns>
    Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken);

    /// <summary>Sets the message aside at once, with its bytes: for what can't succeed however often it is tried.</summary>
    /// <returns>False where the lease is lost.</returns>
    Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken);

    Task<QueueStatus> StatusAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>Puts dead letters back in their lanes, visible at once, with a receive count of 0.</summary>
    /// <returns>How many.</returns>
    Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>Removes dead letters for good. Nothing else does.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken);
}
