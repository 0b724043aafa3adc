using System.Collections.Concurrent;
using System.Text;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.Sqs;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Tests.Functions;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Aiops.Functions.Intake;
using Aiops.Functions.Running;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.Sqs;

/// <summary>
/// Ten thousand messages through the queue, Lambda's poller, the function and the table: every alarm twice, poison among them, a
/// table that throttles and loses answers, functions that die with messages in hand. Nothing is lost, nothing is doubled.
/// </summary>
/// <remarks>All ten thousand where nothing may be left out (<c>AIOPS_REQUIRE_ALL=1</c>); two thousand otherwise.</remarks>
[NeedsEmulators]
public sealed class TenThousandEventsTests(QueueAndBucketServer queues, DynamoServer tables)
    : IClassFixture<QueueAndBucketServer>, IClassFixture<DynamoServer>
{
    private const int Poison = 200;
    private const int Accounts = 6; // Scopes: one writes as fast as its head can be committed.
    private const int Consumers = 4;
    private const int UrgentBatch = 10, RoutineBatch = 100; // As the stack sets them.

    private static readonly int Alarms = Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") == "1" ? 4_900 : 900;

    [PortFact]
    public async Task Nothing_is_lost_and_nothing_is_doubled()
    {
        var (queue, options) = await queues.NewTriggerQueueAsync(maxReceives: 50);
        await SendAsync(queue);
        var table = await tables.NewTableAsync();
        StartedExecutions executions = new();
        var (faults, inPart) = (0, 0);
        ConcurrentDictionary<string, int> deleted = new();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Consumers).Select(number => Task.Run(() => ConsumeAsync(new Random(number)))));

        var store = new DynamoIncidentStore(tables.Open(table, TimeProvider.System), new DynamoStoreOptions());
        deleted.Count.ShouldBe((2 * Alarms) + Poison, "every message was dealt with");
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).DistinctBy(letter => letter.MessageId).Count().ShouldBe(Poison);
        var incidents = await store.ListAsync(null, int.MaxValue, default);
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
        faults.ShouldBeGreaterThan(20, "or nothing was tried");
        inPart.ShouldBeGreaterThan(0, "batches of which a part came again");

        // Lambda's part: a batch a time, by turns from both lanes, until both are empty and nothing of them is in flight.
        async Task ConsumeAsync(Random random)
        {
            using var wire = queues.NewWireClient();
            var function = Function(wire, options, tables.Open(table, TimeProvider.System, () => Faulty(random)), executions);
            while (true)
            {
                patience.Token.ThrowIfCancellationRequested();
                var received = 0;
                foreach (var (url, most) in new[] { (options.UrgentQueueUrl, UrgentBatch), (options.RoutineQueueUrl, RoutineBatch) })
                {
                    var batch = await LambdaPoller.ReceiveAsync(wire, url, most);
                    received += batch.Count;
                    if (batch.Count == 0)
                    {
                        continue;
                    }

                    var answer = await function.Intake(new SQSEvent { Records = batch }, new TestContext { RemainingTime = TimeSpan.FromMinutes(5) });
                    if (random.Next(10) == 0)
                    {
                        await LambdaPoller.ShowAgainAsync(wire, url, batch); // Died here: all of it is committed, and all of it comes again.
                        continue;
                    }

                    Interlocked.Add(ref inPart, answer.BatchItemFailures.Count > 0 && answer.BatchItemFailures.Count < batch.Count ? 1 : 0);
                    foreach (var id in await LambdaPoller.SettleAsync(wire, url, batch, answer))
                    {
                        deleted.AddOrUpdate(id, 1, (_, times) => times + 1);
                    }
                }

                if (received == 0)
                {
                    if (await IsEmptyAsync(wire, options.UrgentQueueUrl) && await IsEmptyAsync(wire, options.RoutineQueueUrl))
                    {
                        return;
                    }

                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, default);
                }
            }
        }

        // One request in twenty is throttled, one in two hundred takes effect and its answer is lost.
        Meddling Faulty(Random random) => new(async call =>
        {
            int dice;
            lock (random)
            {
                dice = random.Next(200);
            }

            if (dice < 10)
            {
                Interlocked.Increment(ref faults);
                return Meddling.Refusal("ProvisionedThroughputExceededException");
            }

            var response = await call.PassAsync();
            return dice == 10 ? throw new HttpRequestException("connection reset") : response;
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

    private static async Task<bool> IsEmptyAsync(WireClient wire, string url)
    {
        var counts = (await wire.SendAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["All"] }, default)).Attributes!;
        return counts["ApproximateNumberOfMessages"] == "0" && counts["ApproximateNumberOfMessagesNotVisible"] == "0";
    }

    // As Startup composes it, on this table and these queues.
    private static IntakeFunction Function(WireClient wire, SqsTriggerQueueOptions options, DynamoTable table, IWorkflowStarter executions)
    {
        AwsHostSettings settings = new()
        {
            Environment = "test",
            Table = "t",
            DocumentsBucket = "b",
            UrgentQueueUrl = options.UrgentQueueUrl,
            RoutineQueueUrl = options.RoutineQueueUrl,
        };
        FunctionMetrics metrics = new(new FunctionOutput(Stream.Null), "test", TimeProvider.System);
        CurrentIntake intake = new(
            new DynamoIncidentStore(table, new DynamoStoreOptions { HelpAfter = TimeSpan.FromMilliseconds(300) }),
            executions,
            new FixedTopology(Aiops.Analysis.Topology.ServiceGraph.Empty),
            new RulesInForce(settings, new SsmParameters(wire), TimeProvider.System, NullLogger<RulesInForce>.Instance),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        return new IntakeFunction(
            new FunctionRun(metrics, TimeProvider.System), intake, new SqsTriggerQueue(wire, new MemoryDocuments(), options), settings, metrics,
            NullLogger<IntakeFunction>.Instance);
    }

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
            """)) { Lane = i % 10 == 0 ? Lane.Urgent : Lane.Routine, Service = $"s{i % 7}" };
    }
}
