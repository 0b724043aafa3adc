using System.Text;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Aws.Tests.Functions;

public sealed class StageSerializerTests
{
    private readonly StageSerializer serializer = new();

    [Fact]
    public void A_stages_input_is_read_as_the_workflow_writes_it()
        => Read<GatherContextInput>("""{"incidentId":"INC-1","round":2,"source":"pastIncidents"}""")
            .ShouldBe(new GatherContextInput("INC-1", ContextSource.PastIncidents, 2));

    [Fact]
    public void A_stages_answer_has_the_names_that_the_workflow_selects()
    {
        var json = Write(new ClassifyOutput(IncidentKind.Latency, Severity.Sev2, AnalysisDepth.Full, "key"));
        foreach (var member in (string[])["\"kind\":", "\"severity\":", "\"depth\":\"full\""])
        {
            json.ShouldContain(member);
        }
    }

    [Fact]
    public void A_queues_batch_is_read_as_Lambda_sends_it()
    {
        var batch = Read<SQSEvent>("""
            {"Records":[{"messageId":"m-1","receiptHandle":"r-1","body":"{}","attributes":{"ApproximateReceiveCount":"2","SentTimestamp":"1545082649183"},
             "messageAttributes":{"format":{"stringValue":"webhook","stringListValues":[],"binaryListValues":[],"dataType":"String"},
               "odd":{"binaryValue":"AAEC","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}},
             "md5OfBody":"x","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:111122223333:aiops-urgent","awsRegion":"eu-west-1"}]}
            """);
        var message = batch.Records.ShouldHaveSingleItem();
        (message.MessageId, message.Body, message.EventSourceArn).ShouldBe(("m-1", "{}", "arn:aws:sqs:eu-west-1:111122223333:aiops-urgent"));
        message.MessageAttributes["format"].StringValue.ShouldBe("webhook");
    }

    [Fact]
    public void Failed_messages_are_named_as_Lambda_reads_them()
        => Write(new SQSBatchResponse([new SQSBatchResponse.BatchItemFailure { ItemIdentifier = "m-1" }]))
            .ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""");

    private T Read<T>(string json) => serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
