using System.Text.Json.Nodes;
using Aiops.Analysis.Topology;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Amazon.DynamoDBv2.Model;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Aws.Tests.DynamoDb;

/// <summary>What DynamoDB bounds: the size of an item, of a key, of a batch; and what it leaves over, refuses and forgets late.</summary>
[NeedsEmulators]
public sealed class LimitsTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private readonly ManualTimeProvider clock = new(Start);

    [PortFact]
    public async Task A_head_as_large_as_it_may_be_is_committed_with_a_note_that_has_no_room_beside_it()
    {
        var table = await server.NewTableAsync();
        var store = Open(table);
        var head = Full();
        head.Incidents.Count.ShouldBeGreaterThan(100, "and what compresses badly");
        ScopeChanges changes = new()
        {
            Head = head,
            Keys = Enumerable.Range(0, 10).ToDictionary(i => $"k{i}", i => Letters(60_000, i)),
        };
        (await store.CommitAsync("a", 0, changes, Start, default)).ShouldBeTrue();
        (await ChunksAsync(table)).ShouldBe(0, "carried out and deleted");

        var again = await Open(table).LoadAsync("a", new SnapshotRequest { Keys = ["k0", "k9"] }, default);
        again.Head.Incidents.Count.ShouldBe(head.Incidents.Count);
        again.Keys["k9"].ShouldBe(Letters(60_000, 9));
    }

    [PortFact]
    public async Task Five_hundred_open_incidents_weigh_less_than_fifty_kilobytes()
    {
        var table = await server.NewTableAsync();
        var bench = new IntakeBench(Open(table), IntakeRules.Default, ServiceGraph.Empty);
        static string Word(int i) => $"service-{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}-of-{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}";
        await bench.TakeAsync([.. Enumerable.Range(0, 500).Select(i => Firing(Word(i), i / 100.0))]);
        (await bench.IncidentsAsync()).Count.ShouldBe(500);
        var head = (await server.Open(table, clock).GetAsync(TableKeys.Head("111122223333"), default))!["Head"].B.Length;
        head.ShouldBeInRange(1_000, 50_000);
    }

    [PortFact]
    public async Task A_note_in_chunks_is_finished_by_another_and_leaves_nothing()
    {
        ScopeChanges changes = new() { Head = Full(), Keys = Enumerable.Range(0, 10).ToDictionary(i => $"k{i}", i => Letters(60_000, i)) };
        for (var call = 1; ; call++)
        {
            var table = await server.NewTableAsync();
            Killed killed = new(call, afterwards: true);
            var dying = new DynamoIncidentStore(server.Open(table, clock, killed.NewHandler), Patient);
            try
            {
                await dying.CommitAsync("a", 0, changes, Start, default);
            }
            catch (Exception e) when (e is not Shouldly.ShouldAssertException)
            {
                // Dead.
            }

            var seen = await Open(table).LoadAsync("a", new SnapshotRequest { Keys = changes.Keys.Keys.ToList() }, default);
            seen.Keys.Count.ShouldBe(seen.Version == 0 ? 0 : 10, $"killed at request {call}");
            if (!killed.Died)
            {
                (await ChunksAsync(table)).ShouldBe(0);
                call.ShouldBeGreaterThan(6);
                break;
            }

            (seen.Version == 0).ShouldBe(call < 4, "the scope's name and both chunks are there before the head");
        }
    }

    [PortFact]
    public async Task A_note_in_chunks_stays_until_it_is_carried_out_and_whoever_does_that_deletes_it()
    {
        var table = await DyingBehindItsHeadAsync();
        (await ChunksAsync(table)).ShouldBe(2);
        await foreach (var chunk in server.Open(table, clock).QueryAsync(TableKeys.Head("a").Partition, "NOTE#", null, default))
        {
            chunk.ShouldNotContainKey(TableKeys.ExpiresAt, "it is the only copy of what was committed");
        }

        (await Open(table).LoadAsync("a", new SnapshotRequest { Keys = ["k9"] }, default)).Keys.Count.ShouldBe(1);
        (await ChunksAsync(table)).ShouldBe(0);
    }

    [PortFact]
    public async Task A_note_whose_chunks_are_gone_is_an_error_and_not_waited_for()
    {
        var table = await DyingBehindItsHeadAsync();
        List<ItemKey> chunks = [];
        await foreach (var chunk in server.Open(table, clock).QueryAsync(TableKeys.Head("a").Partition, "NOTE#", null, default))
        {
            chunks.Add(ItemKey.Of(chunk));
        }

        await server.Open(table, clock).DeleteAllAsync(chunks, default);
        var store = new DynamoIncidentStore(server.Open(table, TimeProvider.System), Patient);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        (await Should.ThrowAsync<InvalidDataException>(() => store.LoadAsync("a", new SnapshotRequest(), patience.Token))).Message.ShouldContain("'a'");
    }

    // The scope's name, both chunks, the head: the fourth request commits, and nothing comes behind it.
    private async Task<string> DyingBehindItsHeadAsync()
    {
        var table = await server.NewTableAsync();
        Killed killed = new(4, afterwards: true);
        var dying = new DynamoIncidentStore(server.Open(table, clock, killed.NewHandler), Patient);
        ScopeChanges changes = new() { Head = Full(), Keys = Enumerable.Range(0, 10).ToDictionary(i => $"k{i}", i => Letters(60_000, i)) };
        await Should.ThrowAsync<Exception>(() => dying.CommitAsync("a", 0, changes, Start, default));
        return table;
    }

    [PortFact]
    public async Task A_trigger_that_outgrows_an_item_is_cut_and_does_not_stop_its_scope()
    {
        var bench = new IntakeBench(Open(await server.NewTableAsync()), IntakeRules.Default, ServiceGraph.Empty);
        var huge = Firing("cart") with
        {
            Tags = Enumerable.Range(0, 256).ToDictionary(i => Letters(1_000, i), i => Letters(1_024, 1_000 + i)),
            Children = [.. Enumerable.Range(0, 256).Select(i => Letters(1_024, 5_000 + i))],
        };
        (await bench.TakeAsync(huge)).Outcome.ShouldBe(TriggerOutcome.Opened);
        (await bench.TakeAsync(Firing("cart", 1, "latency"))).Outcome.ShouldBe(TriggerOutcome.Joined);
        var member = (await bench.Store.ListMembersAsync((await bench.IncidentAsync()).Id, default))[0];
        member.Trigger.Title.ShouldBe(huge.Title);
        member.Trigger.Tags.Count.ShouldBeLessThan(256);
    }

    [PortTheory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public async Task Without_a_subject_or_incident_the_newest_incidents_are_searched_for_decisions(int most, int found)
    {
        var store = new DynamoIncidentStore(server.Open(await server.NewTableAsync(), clock), Patient with { MostSearched = most });
        var bench = new IntakeBench(store, IntakeRules.Default, ServiceGraph.Empty);
        foreach (var (name, minute) in new[] { ("cart", 0), ("orders", 1), ("billing", 2) })
        {
            await bench.TakeAsync(Firing(name, minute));
        }

        var decisions = await store.ListDecisionsAsync(new DecisionFilter { Outcome = TriggerOutcome.Opened }, default);
        decisions.Select(decision => decision.Trigger.Component).ShouldBe(((string[])["cart", "orders", "billing"]).TakeLast(found));
        (await store.ListDecisionsAsync(new DecisionFilter { Subject = Arn("cart") }, default)).ShouldHaveSingleItem("by name, however old");
    }

    [PortTheory]
    [InlineData("a#b", "c", "a", "b#c")]
    [InlineData("", "x", "x", "")]
    public async Task Scopes_and_subjects_that_read_alike_side_by_side_are_two(string scope, string subject, string otherScope, string otherSubject)
    {
        var store = Open(await server.NewTableAsync());
        await store.CommitAsync(scope, 0, Subject(subject, "one"), Start, default);
        await store.CommitAsync(otherScope, 0, Subject(otherSubject, "other"), Start, default);
        (await store.LoadAsync(scope, new SnapshotRequest { Subjects = [subject] }, default)).Subjects[subject].State.ShouldBe("one");
        (await store.LoadAsync(otherScope, new SnapshotRequest { Subjects = [otherSubject] }, default)).Subjects[otherSubject].State.ShouldBe("other");
    }

    [PortFact]
    public async Task A_subject_longer_than_a_key_is_kept_by_its_digest()
    {
        var store = Open(await server.NewTableAsync());
        var (one, other) = (new string('ä', 1_024), new string('ä', 1_023) + "b");
        await store.CommitAsync("a", 0, Subject(one, "one"), Start, default);
        await store.CommitAsync("a", 1, Subject(other, "other"), Start, default);
        var snapshot = await store.LoadAsync("a", new SnapshotRequest { Subjects = [one, other] }, default);
        (snapshot.Subjects[one].State, snapshot.Subjects[other].State).ShouldBe(("one", "other"));
    }

    [PortFact]
    public async Task What_a_batch_leaves_over_is_asked_for_again_until_nothing_is()
    {
        var table = await server.NewTableAsync();
        var leftOver = 0;
        var store = new DynamoIncidentStore(server.Open(table, TimeProvider.System, () => new Meddling(LeaveHalfAsync)), Patient);
        var keys = Enumerable.Range(0, 130).ToDictionary(i => $"k{i}", i => $"v{i}");
        await store.CommitAsync("a", 0, new ScopeChanges { Head = ScopeHead.Empty, Keys = keys }, TimeProvider.System.GetUtcNow(), default);
        var snapshot = await store.LoadAsync("a", new SnapshotRequest { Keys = keys.Keys.ToList() }, default);
        snapshot.Keys.OrderBy(key => key.Key, StringComparer.Ordinal).ShouldBe(keys.OrderBy(key => key.Key, StringComparer.Ordinal));
        leftOver.ShouldBeGreaterThan(10);

        async Task<HttpResponseMessage> LeaveHalfAsync(MeddledCall call)
        {
            var items = call.Operation switch
            {
                "BatchWriteItem" => call.Json["RequestItems"]![table]!.AsArray(),
                "BatchGetItem" => call.Json["RequestItems"]![table]!["Keys"]!.AsArray(),
                _ => null,
            };
            if (items is null || items.Count < 2)
            {
                return await call.PassAsync();
            }

            Interlocked.Increment(ref leftOver);
            var (first, rest) = (new JsonArray([.. items.Take(items.Count / 2).Select(i => i!.DeepClone())]), new JsonArray([.. items.Skip(items.Count / 2).Select(i => i!.DeepClone())]));
            var (asked, left) = (call.Json, call.Json["RequestItems"]!.DeepClone());
            if (call.Operation == "BatchWriteItem")
            {
                (asked["RequestItems"]![table], left[table]) = (first, rest);
            }
            else
            {
                (asked["RequestItems"]![table]!["Keys"], left[table]!["Keys"]) = (first, rest);
            }

            var response = await call.Send(asked.ToJsonString());
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            answer[call.Operation == "BatchWriteItem" ? "UnprocessedItems" : "UnprocessedKeys"] = left;
            var content = new StringContent(answer.ToJsonString());
            content.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content = content;
            response.Headers.Remove("x-amz-crc32"); // Of the answer as it was.
            return response;
        }
    }

    [PortTheory]
    [InlineData("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException")]
    [InlineData("com.amazon.coral.availability#ThrottlingException")]
    [InlineData("com.amazonaws.dynamodb.v20120810#RequestLimitExceeded")]
    [InlineData("com.amazonaws.dynamodb.v20120810#InternalServerError")]
    public async Task Throttles_and_server_errors_are_what_the_workflow_retries(string type)
    {
        var store = new DynamoIncidentStore(
            server.Open("aiops-any", clock, () => new Answering(System.Net.HttpStatusCode.BadRequest, $$"""{"__type":"{{type}}"}""", "application/x-amz-json-1.0")), Patient);
        await Should.ThrowAsync<StoreUnavailableException>(() => store.LoadAsync("a", new SnapshotRequest(), default));
        await Should.ThrowAsync<StoreUnavailableException>(() => store.CommitAsync("a", 0, Subject("s", "one"), Start, default));
    }

    [PortFact]
    public async Task A_table_that_is_not_there_is_our_own_mistake()
    {
        var store = new DynamoIncidentStore(server.Open("aiops-missing", clock), Patient);
        await Should.ThrowAsync<ResourceNotFoundException>(() => store.LoadAsync("a", new SnapshotRequest(), default));
    }

    [PortFact]
    public async Task A_server_that_does_not_answer_may_answer_later()
    {
        var store = new DynamoIncidentStore(
            server.Open("aiops-any", clock, () => new Meddling(_ => throw new HttpRequestException("connection refused"))), Patient);
        await Should.ThrowAsync<StoreUnavailableException>(() => store.LoadAsync("a", new SnapshotRequest(), default));
    }

    [PortFact]
    public async Task What_has_expired_is_gone_before_DynamoDB_deletes_it()
    {
        var store = Open(await server.NewTableAsync());
        ScopeChanges changes = Subject("s", "OK") with { Keys = new Dictionary<string, string> { ["k"] = "v" } };
        await store.CommitAsync("a", 0, changes, Start, default);
        SnapshotRequest request = new() { Keys = ["k"], Subjects = ["s"] };

        clock.Advance(TriggerKeys.Lifetime);
        (await store.LoadAsync("a", request, default)).Keys.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        var later = await store.LoadAsync("a", request, default);
        (later.Keys.Count, later.Subjects.Count).ShouldBe((0, 1), "the subject's record is kept for longer");
        clock.Advance(Patient.RecordsKept);
        (await store.LoadAsync("a", request, default)).Subjects.ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_commit_whose_answer_was_lost_is_known_for_our_own()
    {
        var table = await server.NewTableAsync();
        var lost = 0;
        var store = new DynamoIncidentStore(
            server.Open(table, clock, () => new Meddling(async call =>
            {
                var response = await call.PassAsync();
                return call.Operation == "PutItem" && call.Body.Contains("\"HEAD\"", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1
                    ? throw new HttpRequestException("connection reset") // And the SDK sends it again.
                    : response;
            })),
            Patient);
        (await store.CommitAsync("a", 0, Subject("s", "one"), Start, default)).ShouldBeTrue();
        lost.ShouldBe(2);
        (await Open(table).LoadAsync("a", new SnapshotRequest(), default)).Version.ShouldBe(1);
    }

    private static DynamoStoreOptions Patient { get; } = new() { HelpAfter = TimeSpan.Zero };

    private DynamoIncidentStore Open(string table) => new(server.Open(table, clock), Patient);

    private static ScopeChanges Subject(string subject, string state) => new()
    {
        Head = ScopeHead.Empty,
        Subjects = [new SubjectRecord { Subject = subject, State = state, StateAt = Start }],
    };

    // As full as a head gets, of letters that compress to little less than six bits each.
    private static ScopeHead Full() => ScopeHead.Of(Enumerable.Range(0, 500).Select(i => new IncidentState
    {
        Id = $"INC-{Letters(12, i)}",
        Status = IncidentStatus.Open,
        OpenedAt = Start,
        LastEventAt = Start.AddSeconds(i),
        Components = [.. Enumerable.Range(0, 8).Select(n => Letters(200, (i * 8) + n))],
    }));

    private static string Letters(int count, int seed)
    {
        Random random = new(seed);
        return string.Create(count, random, static (span, r) =>
        {
            foreach (ref var c in span)
            {
                c = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[r.Next(64)];
            }
        });
    }

    private async Task<int> ChunksAsync(string table)
    {
        var count = 0;
        await foreach (var item in server.Open(table, clock).QueryAsync(TableKeys.Head("a").Partition, "NOTE#", null, default))
        {
            count += item.Count > 0 ? 1 : 0;
        }

        return count;
    }
}
