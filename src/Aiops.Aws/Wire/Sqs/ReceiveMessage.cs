namespace Aiops.Aws.Wire.Sqs;

/// <summary>Takes up to ten messages, which stay hidden from others for the visibility time-out.</summary>
public sealed record ReceiveMessageRequest : IWireRequest<ReceiveMessageResponse>
{
    public required string QueueUrl { get; init; }

    /// <summary><c>ApproximateReceiveCount</c>, <c>SentTimestamp</c>, … or <c>All</c>.</summary>
    public IReadOnlyList<string>? MessageSystemAttributeNames { get; init; }

    public IReadOnlyList<string>? MessageAttributeNames { get; init; }

    public int? MaxNumberOfMessages { get; init; }

    /// <summary>Seconds; the queue's own when null.</summary>
    public int? VisibilityTimeout { get; init; }

    /// <summary>How long to wait for a first message: 0 to 20.</summary>
    public int? WaitTimeSeconds { get; init; }

    WireOperation<ReceiveMessageResponse> IWireRequest<ReceiveMessageResponse>.Operation => Call;

    private static readonly WireOperation<ReceiveMessageResponse> Call
        = SqsWire.Service.Call("ReceiveMessage", SqsJson.Default.ReceiveMessageRequest, SqsJson.Default.ReceiveMessageResponse);
}

public sealed record ReceiveMessageResponse
{
    public IReadOnlyList<ReceivedMessage> Messages { get => field ?? []; init; }
}

public sealed record ReceivedMessage
{
    public required string MessageId { get; init; }

    /// <summary>Of this very delivery.</summary>
    public required string ReceiptHandle { get; init; }

    public required string Body { get; init; }

    public string? MD5OfBody { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public IReadOnlyDictionary<string, MessageAttribute>? MessageAttributes { get; init; }
}
