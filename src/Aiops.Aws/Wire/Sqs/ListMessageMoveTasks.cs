namespace Aiops.Aws.Wire.Sqs;

/// <summary>How such moves went: the latest ten at most.</summary>
public sealed record ListMessageMoveTasksRequest : IWireRequest<ListMessageMoveTasksResponse>
{
    public required string SourceArn { get; init; }

    public int? MaxResults { get; init; }

    WireOperation<ListMessageMoveTasksResponse> IWireRequest<ListMessageMoveTasksResponse>.Operation => Call;

    private static readonly WireOperation<ListMessageMoveTasksResponse> Call
        = SqsWire.Service.Call(
            "ListMessageMoveTasks", SqsJson.Default.ListMessageMoveTasksRequest, SqsJson.Default.ListMessageMoveTasksResponse);
}

public sealed record ListMessageMoveTasksResponse
{
    public IReadOnlyList<MessageMoveTask> Results { get => field ?? []; init; }
}

public sealed record MessageMoveTask
{
    public string? TaskHandle { get; init; }

    /// <summary>RUNNING, COMPLETED, CANCELLING, CANCELLED or FAILED.</summary>
    public string? Status { get; init; }

    public string? SourceArn { get; init; }

    public string? DestinationArn { get; init; }

    public long? ApproximateNumberOfMessagesMoved { get; init; }

    public long? ApproximateNumberOfMessagesToMove { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long? StartedTimestamp { get; init; }
}
