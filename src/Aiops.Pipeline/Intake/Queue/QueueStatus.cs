namespace Aiops.Pipeline.Intake.Queue;

/// <summary>What waits in the queue, and what was set aside, at one instant.</summary>
/// <param name="DeadLetters">How many, by reason.</param>
public sealed record QueueStatus(LaneStatus Urgent, LaneStatus Routine, IReadOnlyDictionary<string, int> DeadLetters);

/// <param name="Visible">Would be handed out now.</param>
/// <param name="InFlight">Leased to a receiver.</param>
/// <param name="Delayed">Not yet visible for the first time.</param>
/// <param name="OldestAge">Since the oldest message of the lane, in any of these states, first came in; null where there is none.</param>
public sealed record LaneStatus(int Visible, int InFlight, int Delayed, TimeSpan? OldestAge);
