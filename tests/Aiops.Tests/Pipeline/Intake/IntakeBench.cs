using System.Collections.Concurrent;
using Aiops.Analysis.Topology;
using Aiops.Local.Incidents;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Intake;

/// <summary>Intake around a store, with a clock that follows the triggers unless a test moves it.</summary>
internal sealed class IntakeBench(IIncidentStore store, IntakeRules rules, ServiceGraph graph)
{
    public IntakeBench(ServiceGraph? graph = null, IntakeRules? rules = null)
        : this(new InMemoryIncidentStore(), rules ?? IntakeRules.Default, graph ?? Alarms.Shop)
    {
    }

    public IIncidentStore Store { get; } = store;

    public ServiceGraph Graph { get; } = graph;

    public ManualTimeProvider Clock { get; } = new(Alarms.Start);

    public StartedExecutions Executions { get; init; } = new();

    public IntakeStep NewStep() => new(Store, Executions, rules, new FixedTopology(Graph), Clock, NullLogger<IntakeStep>.Instance);

    /// <summary>One trigger alone, by the clock of its own time.</summary>
    public async Task<TriggerDecision> TakeAsync(Trigger trigger)
    {
        if (trigger.OccurredAt > Clock.GetUtcNow())
        {
            Clock.Advance(trigger.OccurredAt - Clock.GetUtcNow());
        }

        return (await TakeAsync([trigger])).ShouldHaveSingleItem();
    }

    /// <summary>One batch, whatever the clock says.</summary>
    public async Task<IReadOnlyList<TriggerDecision>> TakeAsync(IReadOnlyList<Trigger> batch)
    {
        var result = await NewStep().RunAsync([.. batch.Select((trigger, i) => new IntakeMessage($"r{i}", [trigger]))], default);
        result.Failed.ShouldBeEmpty();
        return result.Decisions;
    }

    /// <summary>Moves the clock to that minute and sweeps.</summary>
    public async Task<IReadOnlyList<TriggerDecision>> SweepAsync(double minute)
    {
        Clock.Advance(Alarms.Start.AddMinutes(minute) - Clock.GetUtcNow());
        return (await new IntakeSweep(Store, Executions, rules, new FixedTopology(Graph), Clock).RunAsync(default)).Decisions;
    }

    public Task<IReadOnlyList<Incident>> IncidentsAsync() => Store.ListAsync(null, default);

    public async Task<Incident> IncidentAsync() => (await IncidentsAsync()).ShouldHaveSingleItem();
}

/// <summary>Executions by name, as the workflow service keeps them: starting one again is the same one.</summary>
internal sealed class StartedExecutions : IWorkflowStarter
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

internal enum CrashPoint
{
    None,
    BeforeStart,
    AfterStart,
}
