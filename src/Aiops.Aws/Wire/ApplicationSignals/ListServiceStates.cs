namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>Services with the latest change made to each.</summary>
public sealed record ListServiceStatesRequest : IWireRequest<ListServiceStatesResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListServiceStatesResponse> IWireRequest<ListServiceStatesResponse>.Operation => Call;

    private static readonly WireOperation<ListServiceStatesResponse> Call
        = SignalsWire.Service.Call(
            "ListServiceStates",
            SignalsJson.Default.ListServiceStatesRequest,
            SignalsJson.Default.ListServiceStatesResponse,
            new RestBinding("POST", "/service/states"));
}

public sealed record ListServiceStatesResponse
{
    public IReadOnlyList<ServiceState> ServiceStates { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ServiceState
{
    public required IReadOnlyDictionary<string, string> Service { get; init; }

    public IReadOnlyList<ChangeEvent> LatestChangeEvents { get => field ?? []; init; }
}
