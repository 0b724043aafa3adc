using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Scenarios.Running;

/// <summary>What Lambda's event source mapping does between a queue and a function.</summary>
internal static class LambdaPoller
{
    private const int Batch = 10;

    public static async Task<List<SQSEvent.SQSMessage>> ReceiveAsync(WireClient wire, string queueUrl)
    {
        var received = await wire.SendAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queueUrl, MaxNumberOfMessages = Batch, VisibilityTimeout = 300, WaitTimeSeconds = 0,
                MessageSystemAttributeNames = ["All"], MessageAttributeNames = ["All"],
            },
            default);
        var arn = $"arn:aws:sqs:eu-west-1:111122223333:{queueUrl[(queueUrl.LastIndexOf('/') + 1)..]}";
        return
        [
            .. received.Messages.Select(message => new SQSEvent.SQSMessage
            {
                MessageId = message.MessageId,
                ReceiptHandle = message.ReceiptHandle,
                Body = message.Body,
                EventSource = "aws:sqs",
                EventSourceArn = arn,
                AwsRegion = "eu-west-1",
                Attributes = message.Attributes!.ToDictionary(),
                MessageAttributes = (message.MessageAttributes ?? new Dictionary<string, MessageAttribute>()).ToDictionary(
                    attribute => attribute.Key,
                    attribute => new SQSEvent.MessageAttribute { DataType = attribute.Value.DataType, StringValue = attribute.Value.StringValue }),
            }),
        ];
    }

    public static Task DeleteAsync(WireClient wire, string queueUrl, IReadOnlyList<SQSEvent.SQSMessage> messages) => wire.SendAsync(
        new DeleteMessageBatchRequest { QueueUrl = queueUrl, Entries = [.. messages.Select((message, i) => new DeleteMessageBatchEntry($"{i}", message.ReceiptHandle))] },
        default);
}
