namespace Aiops.Aws.Wire.Sqs;

/// <summary>What a queue holds and how it is set.</summary>
public sealed record GetQueueAttributesRequest : IWireRequest<GetQueueAttributesResponse>
{
    public required string QueueUrl { get; init; }

    /// <summary><c>ApproximateNumberOfMessages</c>, <c>RedrivePolicy</c>, … or <c>All</c>.</summary>
    public IReadOnlyList<string>? AttributeNames { get; init; }

    WireOperation<GetQueueAttributesResponse> IWireRequest<GetQueueAttributesResponse>.Operation => Call;

    private static readonly WireOperation<GetQueueAttributesResponse> Call
        = SqsWire.Service.Call(
            "GetQueueAttributes", SqsJson.Default.GetQueueAttributesRequest, SqsJson.Default.GetQueueAttributesResponse);
}

public sealed record GetQueueAttributesResponse
{
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
