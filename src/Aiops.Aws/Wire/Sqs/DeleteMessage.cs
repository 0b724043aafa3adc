namespace Aiops.Aws.Wire.Sqs;

/// <summary>Ends a message: it was dealt with.</summary>
public sealed record DeleteMessageRequest : IWireRequest<DeleteMessageResponse>
{
    public required string QueueUrl { get; init; }

    public required string ReceiptHandle { get; init; }

    WireOperation<DeleteMessageResponse> IWireRequest<DeleteMessageResponse>.Operation => Call;

    private static readonly WireOperation<DeleteMessageResponse> Call
        = SqsWire.Service.Call("DeleteMessage", SqsJson.Default.DeleteMessageRequest, SqsJson.Default.DeleteMessageResponse);
}

public sealed record DeleteMessageResponse;
