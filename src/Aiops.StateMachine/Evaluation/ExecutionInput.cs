using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>What an execution starts with, and what the context object says of it ever after.</summary>
/// <param name="ExecutionId">Unique among executions, such as an ARN; the ids of tasks, timers and tokens derive from it.</param>
/// <param name="Input">Any JSON value; an execution without input has <c>{}</c>.</param>
public sealed record ExecutionInput(
    string ExecutionId, string Name, JsonElement Input, string StateMachineId, string StateMachineName, string? RoleArn = null);
