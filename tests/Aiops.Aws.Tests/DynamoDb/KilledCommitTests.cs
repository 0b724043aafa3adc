using System.Text;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.Tests.Emulators;
using Aiops.Local.Incidents;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Aws.Tests.DynamoDb;

/// <summary>
/// A consumer dies at each request in turn, before it took effect or after; the next one gets the same messages again. What
/// comes of it is what comes of an intake that nobody killed.
/// </summary>
[NeedsEmulators]
public sealed class KilledCommitTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private const string Scope = "111122223333";

    // Opens two incidents, holds one back, joins, raises signals, ends members and one incident whole.
    private static readonly Trigger[][] Batches =
    [
        [Firing("cart"), Firing("billing", 0.2), Firing("ledger", 0.3) with { SuppressedBy = new Suppression("m", "r", Start.AddMinutes(30)) }],
        [Firing("orders-db", 1, hint: SeverityHint.Critical), Ok("billing", 2), Firing("cart", 0)],
        [Ok("cart", 3)],
    ];

    [PortTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_request_a_consumer_dies_at_the_next_one_makes_the_same_of_it(bool afterwards)
    {
        var expected = await ToldAsync(new InMemoryIncidentStore());
        var died = 0;
        for (var call = 1; ; call++)
        {
            var table = await server.NewTableAsync();
            StartedExecutions executions = new();
            Killed killed = new(call, afterwards);
            await TakeAsync(Open(table, killed), executions);
            await TakeAsync(Open(table), executions);

            var store = Open(table);
            (await TellAsync(store)).ShouldBe(expected, $"killed at request {call}");
            executions.Names.Order().ShouldBe((await store.ListAsync(null, int.MaxValue, default)).Select(i => i.Id).Order());
            (await store.ListNotStartedAsync(null, 10, default)).ShouldBeEmpty();
            if (!killed.Died)
            {
                break;
            }

            died = call;
        }

        died.ShouldBeGreaterThan(40, "or the test has killed nothing");
    }

    [PortFact]
    public async Task The_sweep_alone_finishes_what_a_dead_consumer_committed()
    {
        for (var call = 1; ; call++)
        {
            var table = await server.NewTableAsync();
            Killed killed = new(call, afterwards: true);
            await TakeAsync(Open(table, killed), new StartedExecutions());
            var store = Open(table);
            StartedExecutions executions = new();
            await NewSweep(store, executions).RunAsync(default);
            (await store.ListAsync(null, int.MaxValue, default)).ShouldAllBe(incident => incident.ExecutionStarted);
            (await store.ListNotStartedAsync(Scope, 10, default)).ShouldBeEmpty();
            if (!killed.Died)
            {
                break;
            }
        }
    }

    [PortFact]
    public async Task A_consumer_that_was_held_up_in_its_commit_writes_nothing_over_a_later_one()
    {
        var table = await server.NewTableAsync();
        TaskCompletionSource reached = new(), released = new();
        var committed = false;
        Meddling HoldUp() => new(async call =>
        {
            if (committed && call.Writes)
            {
                reached.TrySetResult();
                await released.Task;
            }

            var response = await call.PassAsync();
            committed |= call.Operation == "PutItem" && call.Body.Contains("\"HEAD\"", StringComparison.Ordinal);
            return response;
        });

        StartedExecutions executions = new();
        var slow = new DynamoIncidentStore(server.Open(table, NewClock(), HoldUp), Options);
        var first = Step(slow, executions).RunAsync([Message(Batches[0])], default);
        await reached.Task;
        var quick = Open(table);
        await TakeAsync(quick, executions, Batches[1], Batches[2]);
        var before = await TellAsync(quick);
        released.SetResult();
        await first;
        (await TellAsync(Open(table))).ShouldBe(before);
        before.ShouldBe(await ToldAsync(new InMemoryIncidentStore()));
    }

    [PortFact]
    public async Task Consumers_of_one_storm_that_are_killed_at_random_lose_nothing_and_double_nothing()
    {
        var graph = TwoSystems(6);
        var storm = Storm(graph, 120, seed: 11);
        var table = await server.NewTableAsync();
        StartedExecutions executions = new();
        Random random = new(5);
        foreach (var round in Enumerable.Range(0, 8))
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(worker =>
            {
                var (seed, at) = (random.Next(), random.Next(20, 300));
                return Task.Run(async () =>
                {
                    Trigger[] mine = [.. storm];
                    new Random(seed).Shuffle(mine);
                    foreach (var batch in mine.Chunk(10))
                    {
                        await Step(Open(table, new Killed(at, seed % 2 == 0)), executions, graph).RunAsync([.. batch.Select(Single)], default);
                    }
                });
            }));
        }

        var store = Open(table);
        foreach (var batch in storm.Chunk(10))
        {
            (await Step(store, executions, graph).RunAsync([.. batch.Select(Single)], default)).Failed.ShouldBeEmpty();
        }

        var incidents = await store.ListAsync(null, int.MaxValue, default);
        incidents.Select(i => (i.MemberCount, i.ExecutionStarted)).ShouldBe([(60, true), (60, true)]);
        executions.Names.Order().ShouldBe(incidents.Select(i => i.Id).Order());
        foreach (var incident in incidents)
        {
            (await store.ListMembersAsync(incident.Id, default)).Count.ShouldBe(60);
        }

        var decisions = await store.ListDecisionsAsync(new DecisionFilter { Max = int.MaxValue }, default);
        decisions.Select(d => d.Outcome).Count(outcome => outcome is TriggerOutcome.Opened or TriggerOutcome.Joined).ShouldBe(120);
        decisions.Count(d => d.Outcome == TriggerOutcome.Opened).ShouldBe(2);
    }

    [PortFact]
    public async Task A_note_that_cannot_be_read_stops_its_scope_alone_and_the_sweep_says_so()
    {
        var table = await server.NewTableAsync();
        StartedExecutions executions = new() { Crash = call => call == 1 ? CrashPoint.BeforeStart : CrashPoint.None };
        await Step(Open(table), executions).RunAsync([Single(Firing("cart") with { Account = "zzz" })], default);
        await Step(Open(table, new Killed(3, afterwards: true)), executions).RunAsync([Single(Firing("cart") with { Account = "aaa" })], default);
        var raw = server.Open(table, NewClock());
        var broken = await raw.UpdateAsync(
            TableKeys.Head("aaa"), "SET Note = :note", Condition.Of("attribute_exists(PK)", (":note", Packed.Attribute([1, 2, 3]))), default);
        broken.ShouldBeTrue("its author died behind the head, the third request");
        await raw.DeleteAllAsync([TableKeys.Done("aaa")], default);

        var swept = await NewSweep(Open(table), executions).RunAsync(default);
        swept.Failures.ShouldHaveSingleItem().Message.ShouldContain("'aaa'");
        executions.Names.ShouldHaveSingleItem("the other's execution is started");
        (await Open(table).ListPendingAsync(10, default)).ShouldBeEmpty();
        (await Open(table).NextDueAsync(default)).ShouldBeNull();
    }

    private static DynamoStoreOptions Options { get; } = new() { HelpAfter = TimeSpan.Zero };

    private static ManualTimeProvider NewClock() => new(Start);

    private DynamoIncidentStore Open(string table, Killed? killed = null)
        => new(server.Open(table, NewClock(), killed is null ? null : killed.NewHandler), Options);

    private static IntakeStep Step(IIncidentStore store, IWorkflowStarter executions, Aiops.Analysis.Topology.ServiceGraph? graph = null)
        => new(store, executions, IntakeRules.Default, new FixedTopology(graph ?? Shop), NewClock(), NullLogger<IntakeStep>.Instance);

    private static IntakeSweep NewSweep(IIncidentStore store, IWorkflowStarter executions)
        => new(store, executions, IntakeRules.Default, new FixedTopology(Shop), NewClock());

    private static IntakeMessage Message(IReadOnlyList<Trigger> batch) => new("r", batch);

    private static IntakeMessage Single(Trigger trigger) => new(trigger.SourceId, [trigger]);

    private static async Task TakeAsync(IIncidentStore store, IWorkflowStarter executions, params Trigger[][] batches)
    {
        foreach (var batch in batches.Length == 0 ? Batches : batches)
        {
            if ((await Step(store, executions).RunAsync([Message(batch)], default)).Failed.Count > 0)
            {
                return; // Dead: the messages behind it are delivered to the next one.
            }
        }
    }

    private static async Task<string> ToldAsync(IIncidentStore store)
    {
        await TakeAsync(store, new StartedExecutions());
        return await TellAsync(store);
    }

    /// <summary>All that a store has to say, but how often something was delivered.</summary>
    private static async Task<string> TellAsync(IIncidentStore store)
    {
        StringBuilder told = new();
        foreach (var incident in (await store.ListAsync(null, int.MaxValue, default)).OrderBy(i => i.Id, StringComparer.Ordinal))
        {
            told.AppendLine($"{incident.Id} {incident.Status} {incident.Priority} {incident.OpenedAt:O} {incident.LastEventAt:O} {incident.ResolvedAt:O} "
                + $"{incident.MemberCount} {incident.FiringCount} {string.Join(',', incident.Components)} {incident.First.Subject} {incident.ExecutionStarted}");
            foreach (var member in await store.ListMembersAsync(incident.Id, default))
            {
                told.AppendLine($"  {member.Subject} {member.Firing} {member.Trigger.SourceId}");
            }

            foreach (var decision in await store.ListDecisionsAsync(new DecisionFilter { IncidentId = incident.Id }, default))
            {
                told.AppendLine($"  {decision.Id} {decision.Outcome}");
            }
        }

        foreach (var pending in (await store.ListPendingAsync(10, default)).OrderBy(p => p.IncidentId, StringComparer.Ordinal))
        {
            told.AppendLine($"{pending.IncidentId} {pending.Signals} {pending.Reason}");
        }

        foreach (var due in await store.ListDueAsync(Start.AddDays(30), 10, default))
        {
            told.AppendLine($"{due.Scope} {string.Join(',', due.Subjects)} {string.Join(',', due.Incidents)}");
        }

        var snapshot = await store.LoadAsync(Scope, SnapshotRequest.For(Batches.SelectMany(batch => batch)), default);
        told.AppendLine(string.Join(',', snapshot.Head.Incidents.Select(i => $"{i.Id} {i.Status} {i.CloseDueAt:O}")));
        told.AppendLine(string.Join(',', snapshot.Subjects.Values.OrderBy(s => s.Subject, StringComparer.Ordinal)
            .Select(s => $"{s.Subject} {s.State} {s.Firing} {s.IncidentId} {s.FiringMember} {s.Hold?.Kind}")));
        told.AppendLine(string.Join(',', snapshot.Keys.Select(key => $"{key.Key}={key.Value}").Order(StringComparer.Ordinal)));
        return told.ToString();
    }
}
