using Aiops.Analysis.Topology;
using Aiops.Local.Incidents;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.PortTests.Intake;

/// <summary>Intake around a store, with a clock that follows the triggers unless a test moves it.</summary>
public sealed class IntakeBench(IIncidentStore store, IntakeRules rules, ServiceGraph graph)
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

    public Task<IReadOnlyList<Incident>> IncidentsAsync() => Store.ListAsync(null, int.MaxValue, default);

    public async Task<Incident> IncidentAsync() => (await IncidentsAsync()).ShouldHaveSingleItem();
}
