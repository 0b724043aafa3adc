using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>What happened outside. One that nobody waits for (late, doubled, unknown) changes nothing.</summary>
public abstract record ExecutionEvent
{
    private protected ExecutionEvent() { }
}

/// <summary>The function answered. For a task with a token: it took the call.</summary>
public sealed record TaskSucceeded(string TaskId, JsonElement Output) : ExecutionEvent;

/// <param name="Error">
/// The error's name, which Retry and Catch match: for a function its error type, or Lambda.* of the service.
/// </param>
/// <param name="Cause">For a function, JSON with errorMessage and errorType.</param>
public sealed record TaskFailed(string TaskId, string Error, string? Cause) : ExecutionEvent;

/// <summary>The task is alive: its HeartbeatSeconds start again.</summary>
public sealed record TaskHeartbeat(string TaskId) : ExecutionEvent;

public sealed record TimerFired(string TimerId) : ExecutionEvent;

public sealed record TokenSucceeded(string TaskToken, JsonElement Output) : ExecutionEvent;

public sealed record TokenFailed(string TaskToken, string? Error, string? Cause) : ExecutionEvent;

public sealed record TokenHeartbeat(string TaskToken) : ExecutionEvent;

/// <summary>Someone stopped the execution.</summary>
public sealed record ExecutionStopped(string? Error = null, string? Cause = null) : ExecutionEvent;
