using System.Reflection;
using Aiops.Analysis.Topology;
using Aiops.Local.Incidents;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.Logging.Abstractions;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Review;

/// <summary>One scope or signal that fails keeps no other back, and is told.</summary>
public sealed class IncidentSweepTests
{
    [Theory]
    [InlineData(IncidentSweep.BatchSize)]
    [InlineData((2 * IncidentSweep.BatchSize) + 1)]
    public async Task Every_signal_is_handed_on_in_one_sweep(int incidents)
    {
        var (sweep, desk) = await WithSignalsAsync(incidents, failing: 0);
        var swept = await sweep.RunAsync(default);
        (swept.Signals, desk.Left.Count).ShouldBe((incidents, incidents));
        swept.ThrowFailures();
        (await sweep.RunAsync(default)).Signals.ShouldBe(0);
    }

    [Fact]
    public async Task Signals_that_fail_are_passed_by_and_told_however_many_they_are()
    {
        const int Failing = IncidentSweep.BatchSize + 5;
        var (sweep, desk) = await WithSignalsAsync(Failing + 20, Failing);
        var swept = await sweep.RunAsync(default);
        (swept.Signals, desk.Left.Count, swept.Failures.Count).ShouldBe((20, 20, Failing));
        Should.Throw<AggregateException>(swept.ThrowFailures).InnerExceptions[0].Message.ShouldContain("INC-");
    }

    [Fact]
    public async Task What_cannot_be_delivered_keeps_nothing_else_from_being_delivered()
    {
        Desk desk = new(_ => false) { Deliverable = [.. ((string[])["INC-1", "INC-2", "INC-3"]).Select(id => new PendingReview(id, $"t-{id}", Signal))] };
        var step = new ReviewStep(desk, new Callbacks("t-INC-1"), NullLogger<ReviewStep>.Instance);
        var (count, failures) = await step.DeliverAllAsync(default);
        count.ShouldBe(2);
        failures.ShouldHaveSingleItem().Message.ShouldContain("INC-1");
    }

    [Fact]
    public async Task A_scope_that_cannot_be_loaded_keeps_no_other_from_being_swept_however_much_is_due_in_it()
    {
        var bench = new IntakeBench(ServiceGraph.Empty);
        static Trigger Muted(string name, string account, double until) => Firing(name) with
        {
            Account = account,
            SuppressedBy = new Suppression("m", "r", Start.AddMinutes(until)),
        };
        await bench.TakeAsync([.. Enumerable.Range(0, (2 * IntakeSweep.BatchSize) + 1).Select(i => Muted($"s{i}", "bad", 10)), Muted("cart", "good", 11)]);
        bench.Clock.Advance(TimeSpan.FromMinutes(12));
        var store = DispatchProxy.Create<IIncidentStore, OneBadScope>();
        ((OneBadScope)store).Inner = bench.Store;
        var swept = await new IntakeSweep(store, bench.Executions, IntakeRules.Default, new FixedTopology(ServiceGraph.Empty), bench.Clock).RunAsync(default);
        swept.Decisions.ShouldHaveSingleItem().Trigger.Component.ShouldBe("cart");
        swept.Failures.ShouldHaveSingleItem().Message.ShouldContain("'bad'");
        bench.Executions.Names.Count.ShouldBe(1, "what it opened runs");
    }

    private static ReviewSignal Signal { get; } = new() { Signal = ReviewSignalKind.Changed };

    private static async Task<(IncidentSweep Sweep, Desk Desk)> WithSignalsAsync(int incidents, int failing)
    {
        InMemoryIncidentStore store = new();
        for (var i = 0; i < incidents; i++)
        {
            // A scope each, so that they neither meet nor fill one.
            var bench = new IntakeBench(store, IntakeRules.Default, Shop);
            await bench.TakeAsync(Firing("orders-db", i / 1000.0) with { Account = $"{i}", SourceId = $"a{i}" });
            await bench.TakeAsync(Firing("cart", 1 + (i / 1000.0)) with { Account = $"{i}", SourceId = $"b{i}" });
        }

        var oldest = (await store.ListPendingAsync(failing, default)).Select(pending => pending.IncidentId).ToHashSet();
        oldest.Count.ShouldBe(failing);
        Desk desk = new(oldest.Contains);
        ManualTimeProvider clock = new(Start.AddMinutes(2));
        var intake = new IntakeSweep(store, new StartedExecutions(), IntakeRules.Default, new FixedTopology(ServiceGraph.Empty), clock);
        return (new IncidentSweep(store, intake, new ReviewStep(desk, new Callbacks(""), NullLogger<ReviewStep>.Instance)), desk);
    }

    /// <summary>Passes all on but the loading of one scope.</summary>
    public class OneBadScope : DispatchProxy
    {
        public IIncidentStore Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            => targetMethod!.Name == nameof(IIncidentStore.LoadAsync) && args![0] is "bad"
                ? Task.FromException<ScopeSnapshot>(new InvalidDataException("its head can't be read"))
                : targetMethod.Invoke(Inner, args);
    }

    private sealed class Callbacks(string refused) : IWorkflowCallbacks
    {
        public Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
            => taskToken == refused ? throw new InvalidOperationException("refused") : Task.FromResult(true);
    }

    private sealed class Desk(Func<string, bool> fails) : IReviewDesk
    {
        public List<string> Left { get; } = [];

        public IReadOnlyList<PendingReview> Deliverable { get; init; } = [];

        public Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
        {
            if (fails(incidentId))
            {
                throw new InvalidOperationException("the desk is full");
            }

            Left.Add(incidentId);
            return Task.FromResult(new PendingReview(incidentId, null, signal));
        }

        public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken) => Task.FromResult(Deliverable);

        public Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
