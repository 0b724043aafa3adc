namespace Aiops.Aws.Wire.Sqs;

/// <summary>Moves dead letters back to where they came from, or to another queue.</summary>
public sealed record StartMessageMoveTaskRequest : IWireRequest<StartMessageMoveTaskResponse>
{
    /// <summary>A queue that is the dead-letter queue of another.</summary>
    public required string SourceArn { get; init; }

    /// <summary>Null moves each message to its own source.</summary>
    public string? DestinationArn { get; init; }

    public int? MaxNumberOfMessagesPerSecond { get; init; }

    WireOperation<StartMessageMoveTaskResponse> IWireRequest<StartMessageMoveTaskResponse>.Operation => Call;

    private static readonly WireOperation<StartMessageMoveTaskResponse> Call
        = SqsWire.Service.Call(
            "StartMessageMoveTask", SqsJson.Default.StartMessageMoveTaskRequest, SqsJson.Default.StartMessageMoveTaskResponse);
}

public sealed record StartMessageMoveTaskResponse
{
    public string? TaskHandle { get; init; }
}
