using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>What Lambda's event source mapping does between a queue and a function that reports failures by item.</summary>
public static class LambdaPoller
{
    private const int AtOnce = 10; // What one receive brings.

    /// <summary>A batch, as large as the queue gives; empty where nothing is visible.</summary>
    public static async Task<List<SQSEvent.SQSMessage>> ReceiveAsync(WireClient wire, string queueUrl, int most = AtOnce)
    {
        List<SQSEvent.SQSMessage> batch = [];
        while (batch.Count < most)
        {
            var received = await wire.SendAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queueUrl,
                    MaxNumberOfMessages = Math.Min(most - batch.Count, AtOnce),
                    VisibilityTimeout = 300,
                    WaitTimeSeconds = 0,
                    MessageSystemAttributeNames = ["All"],
                    MessageAttributeNames = ["All"],
                },
                default);
            if (received.Messages.Count == 0)
            {
                break;
            }

            batch.AddRange(received.Messages.Select(message => Described(message, queueUrl)));
        }

        return batch;
    }

    /// <summary>Deletes what the function doesn't report as failed, and shows the rest again, as the end of their time-out does.</summary>
    /// <returns>The ids deleted.</returns>
    public static async Task<IReadOnlyList<string>> SettleAsync(
        WireClient wire, string queueUrl, IReadOnlyList<SQSEvent.SQSMessage> batch, SQSBatchResponse answer)
    {
        var failed = answer.BatchItemFailures.Select(failure => failure.ItemIdentifier).ToHashSet(StringComparer.Ordinal);
        failed.ShouldBeSubsetOf(batch.Select(message => message.MessageId), "an id that Lambda doesn't know fails the whole batch");
        var done = batch.Where(message => !failed.Contains(message.MessageId)).ToList();
        foreach (var chunk in done.Chunk(AtOnce))
        {
            var deleted = await wire.SendAsync(
                new DeleteMessageBatchRequest { QueueUrl = queueUrl, Entries = [.. chunk.Select((message, i) => new DeleteMessageBatchEntry($"{i}", message.ReceiptHandle))] },
                default);
            deleted.Failed.ShouldBeEmpty();
        }

        await ShowAgainAsync(wire, queueUrl, [.. batch.Where(message => failed.Contains(message.MessageId))]);
        return [.. done.Select(message => message.MessageId)];
    }

    /// <summary>What becomes of a batch whose function died: all of it comes again.</summary>
    public static async Task ShowAgainAsync(WireClient wire, string queueUrl, IReadOnlyList<SQSEvent.SQSMessage> messages)
    {
        foreach (var chunk in messages.Chunk(AtOnce))
        {
            await wire.SendAsync(
                new ChangeMessageVisibilityBatchRequest
                {
                    QueueUrl = queueUrl,
                    Entries = [.. chunk.Select((message, i) => new ChangeMessageVisibilityBatchEntry($"{i}", message.ReceiptHandle) { VisibilityTimeout = 0 })],
                },
                default);
        }
    }

    private static SQSEvent.SQSMessage Described(ReceivedMessage message, string queueUrl) => new()
    {
        MessageId = message.MessageId,
        ReceiptHandle = message.ReceiptHandle,
        Body = message.Body,
        EventSource = "aws:sqs",
        EventSourceArn = $"arn:aws:sqs:eu-west-1:111122223333:{queueUrl[(queueUrl.LastIndexOf('/') + 1)..]}",
        AwsRegion = "eu-west-1",
        Attributes = message.Attributes!.ToDictionary(),
        MessageAttributes = (message.MessageAttributes ?? new Dictionary<string, MessageAttribute>()).ToDictionary(
            attribute => attribute.Key,
            attribute => new SQSEvent.MessageAttribute { DataType = attribute.Value.DataType, StringValue = attribute.Value.StringValue }),
    };
}
