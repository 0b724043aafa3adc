namespace Aiops.Local.Workflow;

/// <summary>Timers of all executions in order of their due time.</summary>
internal sealed class DueTimers
{
    private readonly Lock gate = new();
    private readonly SortedSet<(DateTimeOffset DueAt, string Execution, string TimerId)> ordered = [];
    private readonly Dictionary<(string Execution, string TimerId), DateTimeOffset> byId = [];

    public DateTimeOffset? Next
    {
        get
        {
            lock (gate)
            {
                return ordered.Count == 0 ? null : ordered.Min.DueAt;
            }
        }
    }

    public void Start(string execution, string timerId, DateTimeOffset dueAt)
    {
        lock (gate)
        {
            Remove(execution, timerId);
            byId[(execution, timerId)] = dueAt;
            ordered.Add((dueAt, execution, timerId));
        }
    }

    public void Cancel(string execution, string timerId)
    {
        lock (gate)
        {
            Remove(execution, timerId);
        }
    }

    /// <summary>Takes out and answers those that are due, earliest first.</summary>
    public List<(string Execution, string TimerId)> TakeDue(DateTimeOffset now)
    {
        List<(string, string)> due = [];
        lock (gate)
        {
            while (ordered.Count > 0 && ordered.Min is var first && first.DueAt <= now)
            {
                Remove(first.Execution, first.TimerId);
                due.Add((first.Execution, first.TimerId));
            }
        }

        return due;
    }

    private void Remove(string execution, string timerId)
    {
        if (byId.Remove((execution, timerId), out var dueAt))
        {
            ordered.Remove((dueAt, execution, timerId));
        }
    }
}
