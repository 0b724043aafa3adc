namespace Aiops.StateMachine.Evaluation;

/// <summary>
/// One step of an execution. Store <paramref name="State"/> first, then carry out <paramref name="Commands"/> in order.
/// </summary>
public sealed record Transition(ExecutionState State, IReadOnlyList<Command> Commands, IReadOnlyList<HistoryEvent> History);
