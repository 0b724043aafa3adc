namespace Aiops.Aws.Wire.Logs;

/// <summary>Ends a query nobody waits for any more.</summary>
public sealed record StopQueryRequest : IWireRequest<StopQueryResponse>
{
    public required string QueryId { get; init; }

    WireOperation<StopQueryResponse> IWireRequest<StopQueryResponse>.Operation => Call;

    private static readonly WireOperation<StopQueryResponse> Call
        = LogsWire.Service.Call("StopQuery", LogsJson.Default.StopQueryRequest, LogsJson.Default.StopQueryResponse);
}

public sealed record StopQueryResponse
{
    public bool? Success { get; init; }
}
