namespace Aiops.Aws.Wire.Sqs;

/// <summary>Ends up to ten messages, each by itself.</summary>
public sealed record DeleteMessageBatchRequest : IWireRequest<DeleteMessageBatchResponse>
{
    public required string QueueUrl { get; init; }

    public required IReadOnlyList<DeleteMessageBatchEntry> Entries { get; init; }

    WireOperation<DeleteMessageBatchResponse> IWireRequest<DeleteMessageBatchResponse>.Operation => Call;

    private static readonly WireOperation<DeleteMessageBatchResponse> Call
        = SqsWire.Service.Call(
            "DeleteMessageBatch", SqsJson.Default.DeleteMessageBatchRequest, SqsJson.Default.DeleteMessageBatchResponse);
}

public sealed record DeleteMessageBatchResponse
{
    public IReadOnlyList<BatchSuccess> Successful { get => field ?? []; init; }

    public IReadOnlyList<BatchFailure> Failed { get => field ?? []; init; }
}

public sealed record DeleteMessageBatchEntry(string Id, string ReceiptHandle);

public sealed record BatchSuccess(string Id);
