namespace Aiops.Aws.Wire.XRay;

/// <summary>Whole traces: up to five a call.</summary>
public sealed record BatchGetTracesRequest : IWireRequest<BatchGetTracesResponse>
{
    public required IReadOnlyList<string> TraceIds { get; init; }

    public string? NextToken { get; init; }

    WireOperation<BatchGetTracesResponse> IWireRequest<BatchGetTracesResponse>.Operation => Call;

    private static readonly WireOperation<BatchGetTracesResponse> Call
        = XRayWire.Service.Call(
            "BatchGetTraces",
            XRayJson.Default.BatchGetTracesRequest,
            XRayJson.Default.BatchGetTracesResponse,
            new RestBinding("POST", "/Traces"));
}

public sealed record BatchGetTracesResponse
{
    public IReadOnlyList<Trace> Traces { get => field ?? []; init; }

    public IReadOnlyList<string> UnprocessedTraceIds { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record Trace
{
    public string? Id { get; init; }

    public bool? LimitExceeded { get; init; }

    public IReadOnlyList<Segment> Segments { get => field ?? []; init; }
}

/// <summary>One service's part of a trace, as a JSON document in a string.</summary>
public sealed record Segment
{
    public string? Id { get; init; }

    public string? Document { get; init; }
}
