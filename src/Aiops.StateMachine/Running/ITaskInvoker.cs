using System.Text.Json;
using Aiops.StateMachine.Evaluation;

namespace Aiops.StateMachine.Running;

/// <summary>Calls the functions that tasks name.</summary>
public interface ITaskInvoker
{
    /// <summary>Calls <see cref="InvokeTask.FunctionName"/> with <see cref="InvokeTask.Payload"/>.</summary>
    /// <returns>The answer or the error; a task with a token that is already known to be answered says so too.</returns>
    Task<TaskResult> InvokeAsync(InvokeTask task, CancellationToken cancellationToken);
}

/// <summary>How a call ended.</summary>
public abstract record TaskResult
{
    private TaskResult() { }

    public sealed record Succeeded(JsonElement Output) : TaskResult;

    /// <param name="Error">The error's name: for a function, its error type.</param>
    public sealed record Failed(string Error, string? Cause = null) : TaskResult;

    /// <summary>No answer comes by itself: the task runs until a timeout ends it.</summary>
    public sealed record Silent : TaskResult;

    /// <summary>
    /// A Lambda function's error, as Step Functions reports it: the type as the name, both as JSON in the cause.
    /// </summary>
    public static Failed FunctionError(string errorType, string errorMessage)
        => new(errorType, Json.Text(Json.Object([
            KeyValuePair.Create("errorMessage", Json.String(errorMessage)),
            KeyValuePair.Create("errorType", Json.String(errorType)),
        ])));
}
