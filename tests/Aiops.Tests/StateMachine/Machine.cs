using System.Text.Json;
using Aiops.StateMachine.Definition;
using Aiops.StateMachine.Evaluation;
using Aiops.StateMachine.Running;

namespace Aiops.Tests.StateMachine;

/// <summary>Short ways to make machines and run them.</summary>
internal static class Machine
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static ExecutionInput Input(string json = "{}") => new(
        "arn:aws:states:eu-central-1:000000000000:execution:incident:e1", "e1", JsonElement.Parse(json),
        "arn:aws:states:eu-central-1:000000000000:stateMachine:incident", "incident");

    /// <summary>A machine of these states, which starts at the first.</summary>
    public static string Of(string states)
        => $$"""{"StartAt": "{{JsonElement.Parse("{" + states + "}").EnumerateObject().First().Name}}", "States": { {{states}} } }""";

    public static Interpreter Interpreter(string definition) => new(StateMachineDefinition.Parse(definition), new Random(1));

    public static Task<ExecutionResult> RunAsync(string definition, string input = "{}", ITaskInvoker? tasks = null)
        => new ExecutionRunner(Interpreter(definition), tasks ?? new ScriptedTasks(), Start).RunAsync(Input(input), CancellationToken.None);

    /// <summary>The output of a run that succeeds, as compact JSON.</summary>
    public static async Task<string> OutputAsync(string definition, string input = "{}", ITaskInvoker? tasks = null)
    {
        var result = await RunAsync(definition, input, tasks);
        result.Status.ShouldBe(ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
        return JsonSerializer.Serialize(result.Output!.Value);
    }

    /// <summary>The result of one Pass state with this field of Parameters, which must be named "x.$".</summary>
    public static Task<ExecutionResult> EvaluateAsync(string expression, string input = "{}")
        => RunAsync(Of($$$"""
            "P": {"Type": "Pass", "Parameters": {"x.$": {{{JsonSerializer.Serialize(expression)}}}}, "OutputPath": "$.x", "End": true}
            """), input);
}
