namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>What a service calls.</summary>
public sealed record ListServiceDependenciesRequest : IWireRequest<ListServiceDependenciesResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public required IReadOnlyDictionary<string, string> KeyAttributes { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListServiceDependenciesResponse> IWireRequest<ListServiceDependenciesResponse>.Operation => Call;

    private static readonly WireOperation<ListServiceDependenciesResponse> Call
        = SignalsWire.Service.Call(
            "ListServiceDependencies",
            SignalsJson.Default.ListServiceDependenciesRequest,
            SignalsJson.Default.ListServiceDependenciesResponse,
            new RestBinding("POST", "/service-dependencies")
            {
                InQuery = RestBinding.Same("StartTime", "EndTime", "MaxResults", "NextToken"),
            });
}

public sealed record ListServiceDependenciesResponse
{
    public IReadOnlyList<ServiceDependency> ServiceDependencies { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ServiceDependency
{
    public string? OperationName { get; init; }

    public required IReadOnlyDictionary<string, string> DependencyKeyAttributes { get; init; }

    public string? DependencyOperationName { get; init; }
}
