namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>What calls a service.</summary>
public sealed record ListServiceDependentsRequest : IWireRequest<ListServiceDependentsResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public required IReadOnlyDictionary<string, string> KeyAttributes { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListServiceDependentsResponse> IWireRequest<ListServiceDependentsResponse>.Operation => Call;

    private static readonly WireOperation<ListServiceDependentsResponse> Call
        = SignalsWire.Service.Call(
            "ListServiceDependents",
            SignalsJson.Default.ListServiceDependentsRequest,
            SignalsJson.Default.ListServiceDependentsResponse,
            new RestBinding("POST", "/service-dependents")
            {
                InQuery = RestBinding.Same("StartTime", "EndTime", "MaxResults", "NextToken"),
            });
}

public sealed record ListServiceDependentsResponse
{
    public IReadOnlyList<ServiceDependent> ServiceDependents { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ServiceDependent
{
    public string? OperationName { get; init; }

    public required IReadOnlyDictionary<string, string> DependentKeyAttributes { get; init; }

    public string? DependentOperationName { get; init; }
}
