namespace Aiops.Aws.Wire.XRay;

/// <summary>Who called whom within at most six hours.</summary>
public sealed record GetServiceGraphRequest : IWireRequest<GetServiceGraphResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public string? GroupName { get; init; }

    public string? NextToken { get; init; }

    WireOperation<GetServiceGraphResponse> IWireRequest<GetServiceGraphResponse>.Operation => Call;

    private static readonly WireOperation<GetServiceGraphResponse> Call
        = XRayWire.Service.Call(
            "GetServiceGraph",
            XRayJson.Default.GetServiceGraphRequest,
            XRayJson.Default.GetServiceGraphResponse,
            new RestBinding("POST", "/ServiceGraph"));
}

public sealed record GetServiceGraphResponse
{
    public IReadOnlyList<TracedService> Services { get => field ?? []; init; }

    public bool? ContainsOldGroupVersions { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A node, known by a number within the answer.</summary>
public sealed record TracedService
{
    public int? ReferenceId { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Names { get => field ?? []; init; }

    public bool? Root { get; init; }

    public string? AccountId { get; init; }

    /// <summary><c>AWS::Lambda::Function</c>, <c>remote</c>, <c>client</c>, …</summary>
    public string? Type { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<TracedEdge> Edges { get => field ?? []; init; }

    public CallStatistics? SummaryStatistics { get; init; }
}

/// <summary>A call to another node of the answer.</summary>
public sealed record TracedEdge
{
    public int? ReferenceId { get; init; }

    public CallStatistics? SummaryStatistics { get; init; }

    public string? EdgeType { get; init; }
}

public sealed record CallStatistics
{
    public long? OkCount { get; init; }

    public long? TotalCount { get; init; }

    public double? TotalResponseTime { get; init; }
}
