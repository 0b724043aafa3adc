using System.Collections.Concurrent;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.PortTests.Incidents;

/// <summary>What any store of incidents must hold to, alone and under several writers.</summary>
public abstract class IncidentStoreTests
{
    private const int Writers = 8;

    protected abstract Task<IIncidentStore> NewStoreAsync();

    /// <summary>The same data as another process would open it.</summary>
    protected virtual Task<IIncidentStore> OpenAgainAsync(IIncidentStore store) => Task.FromResult(store);

    [PortFact]
    public async Task A_commit_against_an_older_version_writes_nothing()
    {
        var store = await NewStoreAsync();
        var empty = await store.LoadAsync("a", new SnapshotRequest(), default);
        empty.Version.ShouldBe(0);
        (await store.CommitAsync("a", 0, Noting("k1"), Start, default)).ShouldBeTrue();
        (await store.CommitAsync("a", 0, Noting("k2"), Start, default)).ShouldBeFalse();
        (await store.CommitAsync("b", 0, Noting("k3"), Start, default)).ShouldBeTrue("another scope has its own version");
        (await store.CommitAsync("a", 2, Noting("k4"), Start, default)).ShouldBeFalse("nor against one that isn't there yet");

        var after = await store.LoadAsync("a", new SnapshotRequest { Keys = ["k1", "k2", "k3", "k4"] }, default);
        after.Version.ShouldBe(1);
        after.Keys.Keys.ShouldBe(["k1"]);
    }

    [PortFact]
    public async Task What_was_committed_is_read_back_whole()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop) { Executions = new StartedExecutions { Crash = _ => CrashPoint.BeforeStart } };
        var first = Firing("orders-db", hint: SeverityHint.High) with
        {
            Description = "d",
            Tags = new Dictionary<string, string> { ["team"] = "data" },
            Signal = new SignalReference("AWS/RDS", "CPUUtilization", new Dictionary<string, string> { ["DBInstanceIdentifier"] = "orders-db" }, Period: TimeSpan.FromMinutes(1)),
            Links = [new Link("runbook", "https://example.org")],
        };
        await bench.NewStep().RunAsync([new IntakeMessage("r", [first, Firing("cart", 1), Ok("cart", 3)])], default);
        await bench.NewStep().RunAsync([new IntakeMessage("r", [Firing("billing", 4) with { SuppressedBy = new Suppression("m", "r", Start.AddMinutes(30)) }])], default);

        var again = await OpenAgainAsync(store);
        var incident = (await again.ListAsync(IncidentStatus.Open, int.MaxValue, default)).ShouldHaveSingleItem();
        (incident.Scope, incident.Title, incident.Priority, incident.MemberCount, incident.FiringCount, incident.ExecutionStarted)
            .ShouldBe(("111122223333", "orders-db-5xx", SeverityHint.High, 2, 1, false));
        incident.Components.ShouldBe(["orders-db", "cart"]);
        incident.First.Tags.ShouldBe(first.Tags);
        incident.First.Signal!.Period.ShouldBe(TimeSpan.FromMinutes(1));
        (await again.ListAsync(IncidentStatus.Closed, int.MaxValue, default)).ShouldBeEmpty();
        (await again.FindAsync(incident.Id, default))!.LastEventAt.ShouldBe(Start.AddMinutes(3));
        (await again.FindAsync("INC-NONE", default)).ShouldBeNull();
        (await ((IIncidents)again).MembersAsync(incident.Id, default)).Select(t => t.Component).ShouldBe(["orders-db", "cart"]);
        await Should.ThrowAsync<KeyNotFoundException>(() => ((IIncidents)again).GetAsync("INC-NONE", default));
        (await again.ListMembersAsync(incident.Id, default)).Select(m => m.Firing).ShouldBe([true, false]);

        var snapshot = await again.LoadAsync(incident.Scope, SnapshotRequest.For([first]), default);
        snapshot.Head.Incidents.ShouldHaveSingleItem().Marks.ShouldContain("s:AWS/RDS/CPUUtilization");
        snapshot.Subjects[first.Subject].IncidentId.ShouldBe(incident.Id);
        snapshot.Keys.Count.ShouldBe(2);

        (await again.NextDueAsync(default)).ShouldBe(Start.AddMinutes(30));
        (await again.ListDueAsync(Start.AddMinutes(29), 10, default)).ShouldBeEmpty();
        (await again.ListDueAsync(Start.AddMinutes(30), 10, default)).ShouldHaveSingleItem().Subjects.ShouldBe([Arn("billing")]);
        (await again.ListDecisionsAsync(new DecisionFilter { Subject = Arn("cart") }, default)).Select(d => d.Outcome)
            .ShouldBe([TriggerOutcome.Joined, TriggerOutcome.Resolved]);
        (await again.ListDecisionsAsync(new DecisionFilter { IncidentId = incident.Id, Max = 2 }, default)).Count.ShouldBe(2);
        (await again.ListDecisionsAsync(new DecisionFilter { SourceId = first.SourceId }, default)).ShouldHaveSingleItem().Trigger.Links.ShouldBe(first.Links);
    }

    [PortTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_list_holds_the_newest_of_every_status_and_no_more_than_asked_for(int max)
    {
        var bench = new IntakeBench(await NewStoreAsync(), IntakeRules.Default, ServiceGraph.Empty);
        await bench.TakeAsync(Firing("billing"));
        await bench.TakeAsync(Firing("cart", 1));
        await bench.TakeAsync(Firing("orders", 2));
        await bench.TakeAsync(Ok("cart", 3));
        (await bench.SweepAsync(600)).ShouldBeEmpty();
        string[] newest = ["orders-5xx", "cart-5xx", "billing-5xx"];
        (await bench.Store.ListAsync(null, max, default)).Select(incident => incident.Title).ShouldBe(newest.Take(max));
        string[] open = ["orders-5xx", "billing-5xx"];
        (await bench.Store.ListAsync(IncidentStatus.Open, max, default)).Select(incident => incident.Title).ShouldBe(open.Take(max));
    }

    [PortFact]
    public async Task An_execution_that_was_noted_as_started_is_not_listed_again()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop) { Executions = new StartedExecutions { Crash = _ => CrashPoint.BeforeStart } };
        await bench.NewStep().RunAsync([new IntakeMessage("r", [Firing("cart"), Firing("billing", 1)])], default);
        var waiting = await store.ListNotStartedAsync(null, 10, default);
        waiting.Select(incident => incident.Title).ShouldBe(["cart-5xx", "billing-5xx"]);
        (await store.ListNotStartedAsync("elsewhere", 10, default)).ShouldBeEmpty();
        (await store.ListNotStartedAsync(null, 1, default)).Count.ShouldBe(1);

        await store.MarkExecutionStartedAsync(waiting[0].Id, default);
        await store.MarkExecutionStartedAsync(waiting[0].Id, default);
        (await store.ListNotStartedAsync("111122223333", 10, default)).ShouldHaveSingleItem().Id.ShouldBe(waiting[1].Id);
        (await store.FindAsync(waiting[0].Id, default))!.ExecutionStarted.ShouldBeTrue();
    }

    [PortFact]
    public async Task A_signal_raised_while_another_was_handed_on_stays()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop);
        await bench.TakeAsync(Firing("orders-db"));
        await bench.TakeAsync(Firing("cart", 1));
        var handed = (await store.ListPendingAsync(10, default)).ShouldHaveSingleItem();
        await bench.TakeAsync(Firing("payments", 2));
        await store.ClearPendingAsync(handed, default);

        var newer = (await store.ListPendingAsync(10, default)).ShouldHaveSingleItem();
        newer.Reason.ShouldBe("payments is new to the incident");
        await store.ClearPendingAsync(newer, default);
        (await store.ListPendingAsync(10, default)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task What_is_due_between_two_milliseconds_is_found_when_it_is_due()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop);
        var until = Start.AddMinutes(30).AddTicks(1);
        await bench.TakeAsync(Firing("cart") with { SuppressedBy = new Suppression("m", "r", until) });
        var due = (await store.NextDueAsync(default)).ShouldNotBeNull();
        due.ShouldBeGreaterThanOrEqualTo(until);
        (await bench.SweepAsync(30)).ShouldBeEmpty();
        bench.Clock.Advance(due - bench.Clock.GetUtcNow());
        (await bench.SweepAsync((due - Start).TotalMinutes)).ShouldHaveSingleItem().Outcome.ShouldBe(TriggerOutcome.Opened);
        (await store.NextDueAsync(default)).ShouldBeNull();
    }

    [PortFact]
    public async Task Keys_that_are_used_live_on()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop);
        await bench.TakeAsync(Firing("cart"));
        bench.Clock.Advance(TimeSpan.FromDays(10));
        await bench.TakeAsync(Firing("cart"));
        bench.Clock.Advance(TimeSpan.FromDays(10));
        (await store.PurgeAsync(bench.Clock.GetUtcNow(), Start, default)).ShouldBe(0);
        (await bench.TakeAsync(Firing("cart"))).Outcome.ShouldBe(TriggerOutcome.Duplicate);
    }

    [PortFact]
    public async Task Keys_are_forgotten_after_14_days_and_records_when_it_is_said()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, Shop);
        await bench.TakeAsync(Firing("cart"));
        await bench.TakeAsync(Firing("billing"));
        await bench.TakeAsync(Ok("billing", 1));
        (await store.PurgeAsync(bench.Clock.GetUtcNow() + TriggerKeys.Lifetime, Start, default)).ShouldBe(0 + 4, "those noted a minute ago at the latest stay");
        (await store.PurgeAsync(bench.Clock.GetUtcNow() + TriggerKeys.Lifetime + TimeSpan.FromMinutes(1), Start.AddMinutes(2), default))
            .ShouldBe(2 + 3 + 1, "two keys, three decisions, and billing's record; what fires is kept");
        var snapshot = await store.LoadAsync("111122223333", SnapshotRequest.For([Firing("cart"), Firing("billing")]), default);
        snapshot.Subjects.Keys.ShouldBe([Arn("cart")]);
        snapshot.Keys.ShouldBeEmpty();
    }

    [PortFact]
    public async Task Eight_writers_with_overlapping_batches_make_the_incidents_that_one_makes()
    {
        var graph = TwoSystems(12);
        var storm = Storm(graph, 240, seed: 7);
        var alone = await NewStoreAsync();
        await RunAsync(new IntakeBench(alone, IntakeRules.Default, graph), storm);

        var shared = await NewStoreAsync();
        var executions = new StartedExecutions();
        ConcurrentBag<TriggerDecision> decisions = [];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var bench = new IntakeBench(await OpenAgainAsync(shared), IntakeRules.Default, graph) { Executions = executions };
            Random random = new(writer);
            var mine = storm.Where((_, i) => i % Writers == writer || random.Next(4) == 0).ToArray(); // Each trigger comes to one at least.
            random.Shuffle(mine);
            foreach (var decision in await RunAsync(bench, mine))
            {
                decisions.Add(decision);
            }
        })));

        (await ShapeOf(shared)).ShouldBe(await ShapeOf(alone));
        decisions.Where(d => d.Outcome != TriggerOutcome.Duplicate).Select(d => d.Id).Order()
            .ShouldBe(storm.Select(t => TriggerKeys.Of(t).Identity).Order(), "each was decided once");
        var kept = await shared.ListDecisionsAsync(new DecisionFilter { Max = int.MaxValue }, default);
        kept.Count.ShouldBe(storm.Count);
        kept.Sum(d => d.Deliveries).ShouldBe(decisions.Count);
        executions.Names.Order().ShouldBe((await shared.ListAsync(null, int.MaxValue, default)).Select(i => i.Id).Order());
        (await shared.ListNotStartedAsync(null, 10, default)).ShouldBeEmpty();
    }

    [PortTheory]
    [InlineData(CrashPoint.BeforeStart)]
    [InlineData(CrashPoint.AfterStart)]
    public async Task Dying_between_the_commit_and_the_note_of_the_start_is_mended_by_the_next_delivery_or_the_sweep(object crash)
    {
        foreach (var bySweep in new[] { false, true })
        {
            var store = await NewStoreAsync();
            var executions = new StartedExecutions { Crash = call => call == 1 ? (CrashPoint)crash : CrashPoint.None };
            var bench = new IntakeBench(store, IntakeRules.Default, Shop) { Executions = executions };
            var messages = new[] { new IntakeMessage("m1", [Firing("cart")]), new IntakeMessage("m2", [Ok("billing", 1)]) };

            var died = await bench.NewStep().RunAsync(messages, default);
            died.Done.ShouldBe(["m2"], "what concerns another incident isn't kept for it");
            died.Failed.Keys.ShouldBe(["m1"]);
            (await store.ListNotStartedAsync(null, 10, default)).Count.ShouldBe(1);

            if (bySweep)
            {
                await bench.SweepAsync(1);
            }

            var delivered = await bench.NewStep().RunAsync([messages[0]], default);
            delivered.Done.ShouldBe(["m1"]);
            delivered.Decisions.ShouldHaveSingleItem().Outcome.ShouldBe(TriggerOutcome.Duplicate);
            executions.Names.ShouldHaveSingleItem().ShouldBe((await store.ListAsync(null, int.MaxValue, default)).ShouldHaveSingleItem().Id);
            executions.Calls.ShouldBe(2, "and no third time");
            (await store.ListNotStartedAsync(null, 10, default)).ShouldBeEmpty();
        }
    }

    [PortFact]
    public async Task Five_hundred_open_incidents_and_one_of_ten_thousand_members_fit_the_head()
    {
        var store = await NewStoreAsync();
        var bench = new IntakeBench(store, IntakeRules.Default, ServiceGraph.Empty);
        foreach (var batch in Enumerable.Range(0, 10_000).Select(i => Firing("checkout", 0.0001 * i, $"a{i}")).Chunk(1_000))
        {
            await bench.TakeAsync(batch);
        }

        await bench.TakeAsync([.. Enumerable.Range(0, 499).Select(i => Firing(Word(i), 5))]);

        var snapshot = await store.LoadAsync("111122223333", new SnapshotRequest(), default);
        snapshot.Head.Incidents.Count.ShouldBe(500);
        snapshot.Head.Incidents.Max(i => i.MemberCount).ShouldBe(10_000);
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(snapshot.Head, IntakeJson.Default.ScopeHead).Length.ShouldBeLessThan(ScopeHead.MaxBytes);
        (await store.ListMembersAsync(snapshot.Head.Incidents.MaxBy(i => i.MemberCount)!.Id, default)).Count.ShouldBe(10_000);
    }

    // Letters only: digits are ordinals, and would make one system of them.
    private static string Word(int i) => $"x{(char)('a' + i / 26 % 26)}{(char)('a' + i % 26)}y{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}";

    private static async Task<List<TriggerDecision>> RunAsync(IntakeBench bench, IReadOnlyList<Trigger> triggers)
    {
        var step = new IntakeStep(
            bench.Store, bench.Executions, IntakeRules.Default, new FixedTopology(bench.Graph), TimeProvider.System, NullLogger<IntakeStep>.Instance);
        List<TriggerDecision> decisions = [];
        foreach (var batch in triggers.Chunk(10))
        {
            IntakeMessage[] messages = [.. batch.Select((trigger, i) => new IntakeMessage($"r{i}", [trigger]))];
            IntakeResult result;
            do
            {
                result = await step.RunAsync(messages, default);
                decisions.AddRange(result.Decisions);
                messages = [.. messages.Where(message => result.Failed.ContainsKey(message.Receipt))];
            }
            while (messages.Length > 0);
        }

        return decisions;
    }

    /// <summary>All that intake says of the incidents but their ids, which are derived from the first trigger that came.</summary>
    private static async Task<string> ShapeOf(IIncidentStore store)
    {
        List<string> shapes = [];
        foreach (var incident in await store.ListAsync(null, int.MaxValue, default))
        {
            var members = (await store.ListMembersAsync(incident.Id, default)).Select(m => $"{m.Subject}:{m.Firing}").Order(StringComparer.Ordinal);
            shapes.Add($"{incident.Status} {incident.Priority} {incident.OpenedAt:O} {incident.LastEventAt:O} {incident.MemberCount} {incident.FiringCount} "
                + $"{string.Join(',', incident.Components.Order(StringComparer.Ordinal))} {string.Join(',', members)}");
        }

        return string.Join('\n', shapes.Order(StringComparer.Ordinal));
    }

    private static ScopeChanges Noting(string key)
        => new() { Head = ScopeHead.Empty, Keys = new Dictionary<string, string> { [key] = "v" } };
}
