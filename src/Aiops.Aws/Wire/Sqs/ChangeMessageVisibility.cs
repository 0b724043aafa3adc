namespace Aiops.Aws.Wire.Sqs;

/// <summary>Hides a received message for longer, or shows it again at once.</summary>
public sealed record ChangeMessageVisibilityRequest : IWireRequest<ChangeMessageVisibilityResponse>
{
    public required string QueueUrl { get; init; }

    public required string ReceiptHandle { get; init; }

    /// <summary>Seconds from now, 0 to 43200.</summary>
    public required int VisibilityTimeout { get; init; }

    WireOperation<ChangeMessageVisibilityResponse> IWireRequest<ChangeMessageVisibilityResponse>.Operation => Call;

    private static readonly WireOperation<ChangeMessageVisibilityResponse> Call
        = SqsWire.Service.Call(
            "ChangeMessageVisibility",
            SqsJson.Default.ChangeMessageVisibilityRequest,
            SqsJson.Default.ChangeMessageVisibilityResponse);
}

public sealed record ChangeMessageVisibilityResponse;
