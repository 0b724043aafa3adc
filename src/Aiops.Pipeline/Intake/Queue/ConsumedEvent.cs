namespace Aiops.Pipeline.Intake.Queue;

/// <summary>What became of one queued event.</summary>
/// <param name="Decisions">One for each trigger in it, in the event's order.</param>
/// <param name="DeadLetterReason">Why it, or a part of it, is to be set aside; null when all of it was understood.</param>
/// <param name="Failure">Why it must come again; null when it was dealt with and may leave the queue.</param>
/// <param name="Note">What a person should know of it; null mostly.</param>
public sealed record ConsumedEvent(
    QueuedEvent Message, IReadOnlyList<TriggerDecision> Decisions, string? DeadLetterReason, string? Failure = null, string? Note = null);
