using Aiops.Aws;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline.Intake.Queue;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Functions.Intake;

/// <summary>SQS's messages as Lambda hands them over, as SQS itself would have.</summary>
internal static class LambdaMessages
{
    /// <summary>By the queue's name, which ARN and URL both end with.</summary>
    public static Lane LaneOf(SQSEvent.SQSMessage message, AwsHostSettings settings)
    {
        var name = message.EventSourceArn[(message.EventSourceArn.LastIndexOf(':') + 1)..];
        return settings.UrgentQueueUrl is { } urgent && urgent.EndsWith($"/{name}", StringComparison.Ordinal) ? Lane.Urgent : Lane.Routine;
    }

    public static ReceivedMessage Received(SQSEvent.SQSMessage message) => new()
    {
        MessageId = message.MessageId,
        ReceiptHandle = message.ReceiptHandle,
        Body = message.Body,
        Attributes = message.Attributes,
        MessageAttributes = message.MessageAttributes?
            .Where(attribute => attribute.Value.StringValue is not null) // Others' binary ones say nothing to us.
            .ToDictionary(attribute => attribute.Key, attribute => new MessageAttribute { DataType = attribute.Value.DataType, StringValue = attribute.Value.StringValue }),
    };
}
