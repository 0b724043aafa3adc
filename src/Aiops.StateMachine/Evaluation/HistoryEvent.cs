using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>A line of the execution's history, with the names of event types that Step Functions gives them.</summary>
/// <param name="Id">From 1, without gaps.</param>
/// <param name="Type">Such as ExecutionStarted, TaskStateEntered, TaskScheduled, TaskFailed, ChoiceStateExited.</param>
/// <param name="Data">The input of a start or an entry, the output of a success or an exit.</param>
public sealed record HistoryEvent(
    long Id, DateTimeOffset At, string Type, string? StateName = null, JsonElement? Data = null, string? Error = null,
    string? Cause = null, int? Index = null);
