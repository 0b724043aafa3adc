using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>What the interpreter asks of its host. Carried out at least once, after the state is stored.</summary>
public abstract record Command
{
    private protected Command() { }
}

/// <summary>
/// Call a function and report the answer as <see cref="TaskSucceeded"/> or <see cref="TaskFailed"/> of this id.
/// </summary>
/// <param name="TaskId">Another one for each attempt.</param>
/// <param name="Resource">The Resource as the definition has it.</param>
/// <param name="FunctionName">The function: a name, a partial or a whole ARN, as the definition has it.</param>
/// <param name="Payload">The event for the function.</param>
/// <param name="TaskToken">
/// With a token, the call's answer is only noted, and the state waits for <see cref="TokenSucceeded"/>
/// or <see cref="TokenFailed"/>.
/// </param>
/// <param name="Attempt">From 0; each retry counts one more.</param>
public sealed record InvokeTask(
    string TaskId, string Resource, string FunctionName, JsonElement Payload, string? TaskToken, string StateName, int Attempt)
        : Command;

/// <summary>Report <see cref="TimerFired"/> at the time due, or as soon as possible when that is past.</summary>
public sealed record StartTimer(string TimerId, DateTimeOffset DueAt) : Command;

/// <summary>Nobody waits for this task any more; an answer is ignored.</summary>
public sealed record CancelTask(string TaskId) : Command;

/// <summary>Nobody waits for this timer any more; its firing is ignored.</summary>
public sealed record CancelTimer(string TimerId) : Command;

/// <summary>The execution is over.</summary>
public sealed record Complete(ExecutionStatus Status, JsonElement? Output, string? Error, string? Cause) : Command;
