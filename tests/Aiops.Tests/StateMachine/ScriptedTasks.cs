using System.Text.Json;
using Aiops.StateMachine.Evaluation;
using Aiops.StateMachine.Running;

namespace Aiops.Tests.StateMachine;

/// <summary>Functions that answer from a list, one answer a call, the last one for good; without a list they echo their event.</summary>
public sealed class ScriptedTasks : ITaskInvoker
{
    private readonly Dictionary<string, Queue<Func<InvokeTask, TaskResult>>> scripts = [];

    public List<InvokeTask> Calls { get; } = [];

    public ScriptedTasks Answer(string function, params string[] answers)
        => Script(function, [.. answers.Select(answer => (Func<InvokeTask, TaskResult>)(_ => new TaskResult.Succeeded(JsonElement.Parse(answer))))]);

    public ScriptedTasks Fail(string function, params string[] errors)
        => Script(function, [.. errors.Select(error => (Func<InvokeTask, TaskResult>)(_ => new TaskResult.Failed(error, "because")))]);

    public ScriptedTasks Silent(string function) => Script(function, _ => new TaskResult.Silent());

    public ScriptedTasks Script(string function, params Func<InvokeTask, TaskResult>[] answers)
    {
        var queue = scripts.TryGetValue(function, out var present) ? present : scripts[function] = new();
        foreach (var answer in answers)
        {
            queue.Enqueue(answer);
        }

        return this;
    }

    public Task<TaskResult> InvokeAsync(InvokeTask task, CancellationToken cancellationToken)
    {
        Calls.Add(task);
        var name = task.FunctionName[(task.FunctionName.LastIndexOf(':') + 1)..];
        return Task.FromResult(!scripts.TryGetValue(name, out var script) ? new TaskResult.Succeeded(task.Payload)
            : (script.Count > 1 ? script.Dequeue() : script.Peek())(task));
    }
}
