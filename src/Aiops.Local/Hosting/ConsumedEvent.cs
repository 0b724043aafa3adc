using Aiops.Pipeline.Intake;

namespace Aiops.Local.Hosting;

/// <summary>What became of one queued event.</summary>
/// <param name="Decisions">One for each trigger in it, in the event's order.</param>
/// <param name="DeadLetterReason">Why it, or a part of it, was set aside; null when all of it was understood.</param>
public sealed record ConsumedEvent(string MessageId, IReadOnlyList<TriggerDecision> Decisions, string? DeadLetterReason, string? Note = null);
