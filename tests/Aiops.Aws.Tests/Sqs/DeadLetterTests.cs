using System.Text;
using System.Text.Json.Nodes;
using Aiops.Aws.Sqs;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Queue;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.Sqs;

/// <summary>Dead letters that come again, that can't be read, that are many; and a service that leaves parts of batches over.</summary>
[NeedsEmulators]
public sealed class DeadLetterTests(QueueAndBucketServer server) : IClassFixture<QueueAndBucketServer>
{
    private static readonly SqsTriggerQueueOptions Elsewhere = QueueAndBucketServer.Urls("https://sqs.eu-central-1.amazonaws.com", 1, 5);

    [PortFact]
    public async Task Looking_ends_when_the_first_letters_come_again()
    {
        await using var peer = await AwsPeer.StartAsync();
        var receives = 0;
        peer.On("ReceiveMessage", call => JsonNode.Parse(call.Body)!["QueueUrl"]!.GetValue<string>() == Elsewhere.UrgentDeadLettersUrl && receives < 20
            ? Letters(++receives, "m-1", "m-2") : "{}");
        peer.On("ChangeMessageVisibilityBatch", """{"Successful":[],"Failed":[]}""");
        using var wire = peer.Client();
        var letters = await new SqsTriggerQueue(wire, new MemoryDocuments(), Elsewhere).ListDeadLettersAsync(DeadLetterFilter.All, default);
        letters.Select(letter => letter.MessageId).ShouldBe(["m-1", "m-2"]);
        receives.ShouldBe(2);
        var givenBack = JsonNode.Parse(peer.CallsOf("ChangeMessageVisibilityBatch").ShouldHaveSingleItem("one request for both").Body)!["Entries"]!.AsArray();
        givenBack.Select(entry => $"{entry!["ReceiptHandle"]} {entry["VisibilityTimeout"]}").ShouldBe(["m-1/2 0", "m-2/2 0"], "an older receipt no longer holds");
    }

    [PortFact]
    public async Task A_letter_that_cannot_be_read_is_shown_as_it_is_and_keeps_no_other_from_being_redriven()
    {
        var (queue, urls) = await server.NewTriggerQueueAsync(5);
        using var wire = server.NewWireClient();
        await wire.SendAsync(new SendMessageRequest { QueueUrl = urls.RoutineDeadLettersUrl, MessageBody = "fine" }, default);
        await wire.SendAsync(
            new SendMessageRequest
            {
                QueueUrl = urls.RoutineDeadLettersUrl,
                MessageBody = "%%%",
                MessageAttributes = new Dictionary<string, MessageAttribute> { ["aiops.encoding"] = new() { DataType = "String", StringValue = "base64" } },
            },
            default);

        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).Count.ShouldBe(2);
        (await queue.StatusAsync(default)).DeadLetters.Count.ShouldBe(2);
        (await queue.RedriveAsync(DeadLetterFilter.All, default)).ShouldBe(1);
        var left = (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(left.Body).ShouldBe("%%%");
        left.Reason.ShouldStartWith("can't be read: ");
        (await queue.PurgeDeadLettersAsync(new DeadLetterFilter { ReasonContains = "can't be read" }, default)).ShouldBe(1);
        (await queue.ListDeadLettersAsync(DeadLetterFilter.All, default)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task Where_SQS_counts_no_letter_none_is_looked_for()
    {
        await using var peer = await AwsPeer.StartAsync();
        peer.On("GetQueueAttributes", """{"Attributes":{"ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesNotVisible":"0","ApproximateNumberOfMessagesDelayed":"0"}}""");
        using var wire = peer.Client();
        (await new SqsTriggerQueue(wire, new MemoryDocuments(), Elsewhere).StatusAsync(default)).DeadLetters.ShouldBeEmpty();
        peer.CallsOf("ReceiveMessage").ShouldBeEmpty();
    }

    [PortFact]
    public async Task What_SQS_leaves_over_is_sent_again_after_waits_that_grow_and_not_for_ever()
    {
        await using var peer = await AwsPeer.StartAsync();
        peer.On("SendMessageBatch", """{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError"}]}""");
        peer.On("DeleteMessageBatch", """{"Successful":[],"Failed":[{"Id":"0","SenderFault":false,"Code":"InternalError"}]}""");
        SteppingTime time = new() { Deadlines = TimeSpan.FromSeconds(5) };
        using var wire = new WireClient(peer.Options with { Time = time, Jitter = () => 0.6 });
        var queue = new SqsTriggerQueue(wire, new MemoryDocuments(), Elsewhere);
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.EnqueueAsync([new IncomingEvent([1])], default));
        double[] growing = [40, 80, 160, 320];
        time.Waits.Select(wait => wait.TotalMilliseconds).ShouldBe(growing);
        await Should.ThrowAsync<StoreUnavailableException>(() => queue.DeleteAsync(["u:receipt"], default));
        time.Waits.Select(wait => wait.TotalMilliseconds).ShouldBe([.. growing, .. growing]);
    }

    private static string Letters(int receive, params string[] ids) => new JsonObject
    {
        ["Messages"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject
        {
            ["MessageId"] = id,
            ["ReceiptHandle"] = $"{id}/{receive}",
            ["Body"] = "{}",
            ["Attributes"] = new JsonObject { ["SentTimestamp"] = "1773482400000", ["ApproximateReceiveCount"] = $"{receive}" },
        })]),
    }.ToJsonString();
}
