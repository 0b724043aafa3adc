namespace Aiops.Aws.Wire.XRay;

/// <summary>Which traces there were, within at most six hours.</summary>
public sealed record GetTraceSummariesRequest : IWireRequest<GetTraceSummariesResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public string? TimeRangeType { get; init; }

    /// <summary>Leaves most out, fairly.</summary>
    public bool? Sampling { get; init; }

    public string? FilterExpression { get; init; }

    public string? NextToken { get; init; }

    WireOperation<GetTraceSummariesResponse> IWireRequest<GetTraceSummariesResponse>.Operation => Call;

    private static readonly WireOperation<GetTraceSummariesResponse> Call
        = XRayWire.Service.Call(
            "GetTraceSummaries",
            XRayJson.Default.GetTraceSummariesRequest,
            XRayJson.Default.GetTraceSummariesResponse,
            new RestBinding("POST", "/TraceSummaries"));
}

public sealed record GetTraceSummariesResponse
{
    public IReadOnlyList<TraceSummary> TraceSummaries { get => field ?? []; init; }

    public long? TracesProcessedCount { get; init; }

    public string? NextToken { get; init; }
}

public sealed record TraceSummary
{
    public required string Id { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    public double? ResponseTime { get; init; }

    public bool? HasFault { get; init; }

    public bool? HasError { get; init; }

    public bool? HasThrottle { get; init; }

    public bool? IsPartial { get; init; }
}
