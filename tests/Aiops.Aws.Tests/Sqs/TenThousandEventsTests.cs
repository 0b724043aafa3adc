using System.Collections.Concurrent;
using System.Text;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.Sqs;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.Sqs;

/// <summary>
/// Ten thousand messages through the queue, intake and the table: every alarm twice, poison among them, a table that throttles
/// and loses answers, consumers that die with messages in hand. Nothing is lost, nothing is doubled.
/// </summary>
[NeedsEmulators]
public sealed class TenThousandEventsTests(QueueAndBucketServer queues, DynamoServer tables)
    : IClassFixture<QueueAndBucketServer>, IClassFixture<DynamoServer>
{
    private const int Alarms = 4_900;
    private const int Poison = 200;
    private const int Accounts = 6; // Scopes: one writes as fast as its head can be committed.
    private const int Consumers = 4;

    [PortFact]
    public async Task Nothing_is_lost_and_nothing_is_doubled()
    {
        var (queue, options) = await queues.NewTriggerQueueAsync(maxReceives: 50);
        await SendAsync(queue);
        var table = await tables.NewTableAsync();
        StartedExecutions executions = new();
        var faults = 0;
        ConcurrentDictionary<string, int> deleted = new();
        await Task.WhenAll(Enumerable.Range(0, Consumers).Select(number => Task.Run(async () =>
        {
            Random random = new(number);
            SqsTriggerQueue mine = new(queues.NewWireClient(), new MemoryDocuments(), options);
            var batch = Intake(new DynamoIncidentStore(tables.Open(table, TimeProvider.System, () => Faulty(random)), new DynamoStoreOptions()), executions);
            for (var idle = 0; idle < 110;)
            {
                var received = await mine.ReceiveAsync(200, TimeSpan.FromSeconds(10), default);
                idle = received.Count == 0 ? idle + 1 : 0;
                if (received.Count == 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, default);
                    continue;
                }

                var consumed = await batch.DecideAsync(received, default);
                if (random.Next(10) == 0)
                {
                    continue; // Died here: all of it is committed, and all of it comes again.
                }

                foreach (var poison in consumed.Where(one => one is { DeadLetterReason: not null, Failure: null }))
                {
                    await mine.DeadLetterAsync(poison.Message.ReceiptHandle, poison.DeadLetterReason!, default);
                }

                var done = consumed.Where(one => one is { DeadLetterReason: null, Failure: null }).Select(one => one.Message).ToList();
                await mine.DeleteAsync([.. done.Select(message => message.ReceiptHandle)], default);
                done.ForEach(message => deleted.AddOrUpdate(message.MessageId, 1, (_, times) => times + 1));
                foreach (var again in consumed.Where(one => one.Failure is not null))
                {
                    await mine.ChangeVisibilityAsync(again.Message.ReceiptHandle, TimeSpan.Zero, default);
                }
            }
        })));

        var store = new DynamoIncidentStore(tables.Open(table, TimeProvider.System), new DynamoStoreOptions());
        deleted.Count.ShouldBe(2 * Alarms, "every message was dealt with");
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).DistinctBy(letter => letter.MessageId).Count().ShouldBe(Poison);
        var incidents = await store.ListAsync(null, default);
        incidents.Count.ShouldBe(Accounts);
        incidents.Sum(incident => incident.MemberCount).ShouldBe(Alarms);
        var members = 0;
        foreach (var incident in incidents)
        {
            members += (await store.ListMembersAsync(incident.Id, default)).Count;
        }

        members.ShouldBe(Alarms);
        executions.Names.Order(StringComparer.Ordinal).ShouldBe(incidents.Select(incident => incident.Id).Order(StringComparer.Ordinal));
        var decisions = await store.ListDecisionsAsync(new DecisionFilter { Max = int.MaxValue }, default);
        decisions.Count(decision => decision.Outcome == TriggerOutcome.Opened).ShouldBe(Accounts);
        decisions.Count(decision => decision.Outcome == TriggerOutcome.Joined).ShouldBe(Alarms - Accounts);
        faults.ShouldBeGreaterThan(50, "or nothing was tried");

        // One request in fifty is throttled, one in two hundred takes effect and its answer is lost.
        Meddling Faulty(Random random) => new(async call =>
        {
            int dice;
            lock (random)
            {
                dice = random.Next(200);
            }

            if (dice < 4)
            {
                Interlocked.Increment(ref faults);
                return Meddling.Refusal("ProvisionedThroughputExceededException");
            }

            var response = await call.PassAsync();
            return dice == 4 ? throw new HttpRequestException("connection reset") : response;
        });
    }

    private static async Task SendAsync(ITriggerQueue queue)
    {
        Random random = new(7);
        List<IncomingEvent> all = [.. Enumerable.Range(0, Alarms).SelectMany(i => (IncomingEvent[])[Alarm(i), Alarm(i)]), .. Enumerable.Range(0, Poison).Select(Broken)];
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        await Parallel.ForEachAsync(shuffled.Chunk(100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (chunk, token) => await queue.EnqueueAsync(chunk, token));
    }

    private static EventBatch Intake(IIncidentStore store, IWorkflowStarter executions) => new(
        new EventReader(),
        new IntakeStep(
            store, executions, IntakeRules.Default, new FixedTopology(Aiops.Analysis.Topology.ServiceGraph.Empty), TimeProvider.System, NullLogger<IntakeStep>.Instance));

    private static IncomingEvent Broken(int i) => new(Encoding.UTF8.GetBytes($$"""{"poison":{{i}}""")) { Lane = Lane.Urgent };

    // Distinct alarms of one service an account, within a minute: one incident each.
    private static IncomingEvent Alarm(int i)
    {
        var account = $"{100_000_000_000 + (i % Accounts)}";
        var at = PortTests.Intake.Alarms.Start.AddMilliseconds(i * 10).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff+0000");
        var arn = $"arn:aws:cloudwatch:eu-central-1:{account}:alarm:checkout-{i}";
        return new IncomingEvent(Encoding.UTF8.GetBytes($$$"""
            {"version":"0","id":"event-{{{i}}}","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"{{{account}}}",
             "time":"{{{at[..19]}}}Z","region":"eu-central-1","resources":["{{{arn}}}"],
             "detail":{"alarmName":"checkout-{{{i}}}","state":{"value":"ALARM","reason":"r","timestamp":"{{{at}}}"},
             "previousState":{"value":"OK","timestamp":"{{{at}}}"},
             "configuration":{"metrics":[{"id":"m","metricStat":{"metric":{"namespace":"AWS/ApplicationELB","name":"Latency","dimensions":{"ServiceName":"checkout"}},"period":60,"stat":"p99"},"returnData":true}] } } }
            """)) { Lane = (Lane)(i % 2), Service = $"s{i % 7}" };
    }
}
