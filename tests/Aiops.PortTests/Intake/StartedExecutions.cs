using System.Collections.Concurrent;
using Aiops.Pipeline.Intake;

namespace Aiops.PortTests.Intake;

/// <summary>Executions by name, as the workflow service keeps them: starting one again is the same one.</summary>
public sealed class StartedExecutions : IWorkflowStarter
{
    private readonly ConcurrentDictionary<string, string> started = new();
    private int calls;

    public IReadOnlyCollection<string> Names => [.. started.Keys];

    public int Calls => calls;

    /// <summary>Fails a call before or after the execution runs, by the number of the call; null lets it pass.</summary>
    public Func<int, CrashPoint>? Crash { get; set; }

    public Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref calls);
        var crash = Crash?.Invoke(call) ?? CrashPoint.None;
        if (crash == CrashPoint.BeforeStart)
        {
            throw new InvalidOperationException("died before the start");
        }

        started.GetOrAdd(incidentId, inputJson).ShouldBe(inputJson); // A start under the same name with another input is refused.
        return crash == CrashPoint.AfterStart ? throw new InvalidOperationException("died after the start") : Task.CompletedTask;
    }
}

public enum CrashPoint
{
    None,
    BeforeStart,
    AfterStart,
}
