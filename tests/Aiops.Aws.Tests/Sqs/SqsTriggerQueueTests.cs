using System.Text;
using Aiops.Aws.Sqs;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Queue;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.Sqs;

[NeedsEmulators]
public sealed class SqsTriggerQueueTests(QueueAndBucketServer server) : TriggerQueueTests, IClassFixture<QueueAndBucketServer>
{
    protected override TimeSpan Lease => TimeSpan.FromSeconds(2); // SQS counts in whole seconds, and a busy machine loses one.

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override async Task<ITriggerQueue> NewQueueAsync() => (await server.NewTriggerQueueAsync(MaxReceives)).Queue;

    // A second more: SQS promises no less.
    protected override Task PassAsync(TimeSpan span) => Task.Delay(span + TimeSpan.FromSeconds(1), TimeProvider.System, default);

    [PortFact]
    public async Task What_EventBridge_or_SNS_puts_in_is_an_event_too()
    {
        var (queue, urls) = await server.NewTriggerQueueAsync(MaxReceives);
        using var wire = server.NewWireClient();
        var body = await File.ReadAllTextAsync(Path.Combine(Events, "cloudwatch", "alarm-metric.json"));
        await wire.SendAsync(new SendMessageRequest { QueueUrl = urls.RoutineQueueUrl, MessageBody = body }, default);
        var received = (await ReceiveAsync(queue, 1)).Single();
        Texts([received]).ShouldBe([body]);
        (received.Format, received.Service, received.Lane).ShouldBe(("", "", Lane.Routine));
        await queue.DeadLetterAsync(received.ReceiptHandle, "reason", default);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).Single().MessageId.ShouldBe(received.MessageId);
        (await queue.RedriveAsync(DeadLetterFilter.All, default)).ShouldBe(1);
        (await ReceiveAsync(queue, 1)).Single().MessageId.ShouldBe(received.MessageId);
    }

    [PortFact]
    public async Task Routine_work_has_its_turn_however_much_is_urgent()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([.. Enumerable.Range(0, 30).Select(i => Event($"u{i}", Lane.Urgent)), Event("patient")], default);
        List<QueuedEvent> first = [];
        for (var receive = 0; receive < 4; receive++)
        {
            first.AddRange(await queue.ReceiveAsync(5, TimeSpan.FromMinutes(1), default));
        }

        first.Count(one => one.Lane == Lane.Routine).ShouldBe(1, "one receive in four looks there first");
        first.Count.ShouldBe(20);
    }

    [PortFact]
    public async Task A_batch_is_cut_to_what_one_request_may_weigh()
    {
        var queue = await NewQueueAsync();
        var bodies = Enumerable.Range(0, 7).Select(i => new string((char)('a' + i), 400_000)).ToList();
        await queue.EnqueueAsync([.. bodies.Select(body => Event(body))], default);
        Texts(await ReceiveAsync(queue, 7)).Order(StringComparer.Ordinal).ShouldBe(bodies);
    }

    [PortTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_body_goes_to_the_documents_when_it_outgrows_a_message_and_not_before(int above)
    {
        MemoryDocuments large = new();
        var (queue, _) = await server.NewTriggerQueueAsync(MaxReceives, large);
        var attributes = SqsEnvelopes.Weight("", new Dictionary<string, MessageAttribute> { ["aiops.format"] = new() { DataType = "String", StringValue = "sns" } });
        var body = new byte[SqsEnvelopes.MostBytes - attributes + above];
        Array.Fill(body, (byte)'x');
        await queue.EnqueueAsync([new IncomingEvent(body) { Format = "sns" }], default);
        large.Keys.Count.ShouldBe(above);
        var received = (await ReceiveAsync(queue, 1)).Single();
        received.Body.ShouldBe(body);
        await queue.DeadLetterAsync(received.ReceiptHandle, "too large to like", default);
        await queue.RedriveAsync(DeadLetterFilter.All, default);
        (await ReceiveAsync(queue, 1)).Single().Body.ShouldBe(body);
    }

    [PortFact]
    public async Task Poison_that_a_consumer_dies_of_is_set_aside_by_SQS_itself()
    {
        var queue = await NewQueueAsync();
        await queue.EnqueueAsync([Event("poison"), Event("fine")], default);
        HashSet<string> done = [];
        for (var receive = 0; receive <= MaxReceives + 1; receive++)
        {
            foreach (var one in await queue.ReceiveAsync(10, TimeSpan.FromMinutes(1), default))
            {
                if (Texts([one]).Single() == "fine")
                {
                    done.Add(one.MessageId);
                    await queue.DeleteAsync([one.ReceiptHandle], default);
                }
                else
                {
                    await queue.ChangeVisibilityAsync(one.ReceiptHandle, TimeSpan.Zero, default); // Died: its lease ends.
                }
            }
        }

        done.Count.ShouldBe(1);
        Encoding.UTF8.GetString((await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem().Body).ShouldBe("poison");
        (await queue.PurgeDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBe(1);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_receipt_of_another_make_is_a_mistake_and_told_as_one()
    {
        var queue = await NewQueueAsync();
        foreach (var handle in new[] { "", "u", "u:", "x:1", "1.1" })
        {
            await Should.ThrowAsync<ArgumentException>(() => queue.DeleteAsync([handle], default));
        }
    }

    [PortFact]
    public async Task A_queue_that_does_not_answer_is_what_the_workflow_retries()
    {
        using var wire = server.NewWireClient(new Uri("http://127.0.0.1:1"));
        var queue = new SqsTriggerQueue(wire, new MemoryDocuments(), QueueAndBucketServer.Urls("http://127.0.0.1:1", 1, MaxReceives));
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.EnqueueAsync([Event("one")], default));
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.ReceiveAsync(1, Lease, default));
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.StatusAsync(default));
    }

    [PortFact]
    public async Task Throttled_for_a_moment_it_goes_on_and_throttled_for_good_it_says_so()
    {
        await using var peer = await AwsPeer.StartAsync();
        using var wire = peer.Client();
        var queue = new SqsTriggerQueue(wire, new MemoryDocuments(), QueueAndBucketServer.Urls("https://sqs.eu-central-1.amazonaws.com", 1, MaxReceives));
        var throttled = PeerAnswer.Error("RequestThrottled", "slower");
        peer.OnEach("SendMessageBatch", throttled, """{"Successful":[{"Id":"0","MessageId":"m-0"}],"Failed":[{"Id":"1","SenderFault":false,"Code":"InternalError"}]}""",
            """{"Successful":[{"Id":"1","MessageId":"m-1"}],"Failed":[]}""");
        (await queue.EnqueueAsync([Event("one"), Event("two")], default)).ShouldBe(["m-0", "m-1"]);
        peer.CallsOf("SendMessageBatch").Count.ShouldBe(3, "what was taken is not sent again");

        peer.On("ReceiveMessage", throttled);
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.ReceiveAsync(1, Lease, default));
    }

    [PortFact]
    public async Task What_Lambda_received_is_set_aside_by_a_copy_with_its_reason()
    {
        var (queue, options) = await server.NewTriggerQueueAsync(MaxReceives);
        using var wire = server.NewWireClient();
        await queue.EnqueueAsync([Event("{", Lane.Urgent, "checkout")], default);
        var message = (await wire.SendAsync(
            new ReceiveMessageRequest { QueueUrl = options.UrgentQueueUrl, MessageSystemAttributeNames = ["All"], MessageAttributeNames = ["All"] }, default)).Messages.Single();
        var lanes = (SqsTriggerQueue)queue;
        var taken = await lanes.TakeAsync(Lane.Urgent, message, default);
        (taken.MessageId, taken.Service, taken.ReceiveCount).ShouldBe((message.MessageId, "checkout", 1));
        await lanes.SetAsideAsync(taken, "not JSON", default);
        var letter = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        (letter.MessageId, letter.Reason, letter.Service).ShouldBe((message.MessageId, "not JSON", "checkout"));
        (await queue.StatusAsync(default)).Urgent.InFlight.ShouldBe(1, "deleting it is Lambda's");
        (await queue.DeadLetterAsync(taken.ReceiptHandle, "not JSON", default)).ShouldBeFalse("a function that lives for days keeps no bodies");
    }

    private static string Events { get; } = Path.GetFullPath(Path.Combine(Emulator.NpmPackages, "..", "..", "..", "events"));
}
