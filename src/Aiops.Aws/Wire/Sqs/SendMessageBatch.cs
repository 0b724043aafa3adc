namespace Aiops.Aws.Wire.Sqs;

/// <summary>Puts up to ten messages into a queue: at most 1 MiB together. Each is accepted or refused by itself.</summary>
public sealed record SendMessageBatchRequest : IWireRequest<SendMessageBatchResponse>
{
    public required string QueueUrl { get; init; }

    public required IReadOnlyList<SendMessageBatchEntry> Entries { get; init; }

    WireOperation<SendMessageBatchResponse> IWireRequest<SendMessageBatchResponse>.Operation => Call;

    private static readonly WireOperation<SendMessageBatchResponse> Call
        = SqsWire.Service.Call(
            "SendMessageBatch", SqsJson.Default.SendMessageBatchRequest, SqsJson.Default.SendMessageBatchResponse);
}

public sealed record SendMessageBatchResponse
{
    public IReadOnlyList<SendMessageBatchSuccess> Successful { get => field ?? []; init; }

    public IReadOnlyList<BatchFailure> Failed { get => field ?? []; init; }
}

/// <param name="Id">Distinct within the batch: letters, digits, hyphens and underscores, at most 80.</param>
public sealed record SendMessageBatchEntry(string Id, string MessageBody)
{
    public int? DelaySeconds { get; init; }

    public IReadOnlyDictionary<string, MessageAttribute>? MessageAttributes { get; init; }

    /// <summary><c>AWSTraceHeader</c> is the one that SQS knows.</summary>
    public IReadOnlyDictionary<string, MessageAttribute>? MessageSystemAttributes { get; init; }

    /// <summary>For FIFO queues.</summary>
    public string? MessageDeduplicationId { get; init; }

    /// <summary>For FIFO queues; on standard ones a key of fair queues.</summary>
    public string? MessageGroupId { get; init; }
}

public sealed record SendMessageBatchSuccess(string Id, string MessageId)
{
    public string? MD5OfMessageBody { get; init; }

    public string? SequenceNumber { get; init; }
}

/// <param name="Id">The entry's.</param>
/// <param name="SenderFault">Whether sending it again is useless.</param>
public sealed record BatchFailure(string Id, bool SenderFault, string Code)
{
    public string? Message { get; init; }
}
