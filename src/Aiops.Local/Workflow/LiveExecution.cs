using Aiops.StateMachine.Evaluation;

namespace Aiops.Local.Workflow;

/// <summary>A running execution in memory: its state as last saved, what has come for it, and the tasks it waits for.</summary>
internal sealed class LiveExecution(string name, string workflow, Interpreter interpreter, ExecutionState state)
{
    private readonly Lock gate = new();
    private readonly Queue<ExecutionEvent> inbox = [];
    private bool draining = true; // Until its first commands are out.

    public string Name { get; } = name;

    public string Workflow { get; } = workflow;

    public Interpreter Interpreter { get; } = interpreter;

    /// <summary>Touched only by whoever drains.</summary>
    public ExecutionState State { get; set; } = state;

    /// <summary>Tasks under way, by id; touched only by whoever drains.</summary>
    public Dictionary<string, CancellationTokenSource> Tasks { get; } = new(StringComparer.Ordinal);

    /// <returns>True when the caller must drain: nobody else does.</returns>
    public bool Post(ExecutionEvent happened)
    {
        lock (gate)
        {
            inbox.Enqueue(happened);
            return !draining && (draining = true);
        }
    }

    /// <summary>The next event in order of arrival; null ends the draining.</summary>
    public ExecutionEvent? Next()
    {
        lock (gate)
        {
            if (inbox.TryDequeue(out var happened))
            {
                return happened;
            }

            draining = false;
            return null;
        }
    }
}
