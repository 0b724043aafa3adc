namespace Aiops.Aws.Wire.Sqs;

/// <summary>Puts one message into a queue: at most 1 MiB with its attributes.</summary>
public sealed record SendMessageRequest : IWireRequest<SendMessageResponse>
{
    public required string QueueUrl { get; init; }

    public required string MessageBody { get; init; }

    public int? DelaySeconds { get; init; }

    public IReadOnlyDictionary<string, MessageAttribute>? MessageAttributes { get; init; }

    /// <summary><c>AWSTraceHeader</c> is the one that SQS knows.</summary>
    public IReadOnlyDictionary<string, MessageAttribute>? MessageSystemAttributes { get; init; }

    /// <summary>For FIFO queues.</summary>
    public string? MessageDeduplicationId { get; init; }

    /// <summary>For FIFO queues; on standard ones a key of fair queues.</summary>
    public string? MessageGroupId { get; init; }

    WireOperation<SendMessageResponse> IWireRequest<SendMessageResponse>.Operation => Call;

    private static readonly WireOperation<SendMessageResponse> Call
        = SqsWire.Service.Call("SendMessage", SqsJson.Default.SendMessageRequest, SqsJson.Default.SendMessageResponse);
}

public sealed record SendMessageResponse
{
    public string? MessageId { get; init; }

    public string? MD5OfMessageBody { get; init; }

    /// <summary>Of FIFO queues.</summary>
    public string? SequenceNumber { get; init; }
}

/// <summary>An attribute beside the body; text here, though SQS has bytes and numbers too.</summary>
public sealed record MessageAttribute
{
    public required string DataType { get; init; }

    public string? StringValue { get; init; }
}
