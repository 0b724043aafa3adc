namespace Aiops.Aws.Wire.Sqs;

/// <summary>The same for up to ten messages, each by itself.</summary>
public sealed record ChangeMessageVisibilityBatchRequest : IWireRequest<ChangeMessageVisibilityBatchResponse>
{
    public required string QueueUrl { get; init; }

    public required IReadOnlyList<ChangeMessageVisibilityBatchEntry> Entries { get; init; }

    WireOperation<ChangeMessageVisibilityBatchResponse> IWireRequest<ChangeMessageVisibilityBatchResponse>.Operation => Call;

    private static readonly WireOperation<ChangeMessageVisibilityBatchResponse> Call
        = SqsWire.Service.Call(
            "ChangeMessageVisibilityBatch",
            SqsJson.Default.ChangeMessageVisibilityBatchRequest,
            SqsJson.Default.ChangeMessageVisibilityBatchResponse);
}

public sealed record ChangeMessageVisibilityBatchResponse
{
    public IReadOnlyList<BatchSuccess> Successful { get => field ?? []; init; }

    public IReadOnlyList<BatchFailure> Failed { get => field ?? []; init; }
}

public sealed record ChangeMessageVisibilityBatchEntry(string Id, string ReceiptHandle)
{
    public int? VisibilityTimeout { get; init; }
}
