namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>The services that were seen in a stretch of at most 24 hours.</summary>
public sealed record ListServicesRequest : IWireRequest<ListServicesResponse>
{
    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListServicesResponse> IWireRequest<ListServicesResponse>.Operation => Call;

    private static readonly WireOperation<ListServicesResponse> Call
        = SignalsWire.Service.Call(
            "ListServices",
            SignalsJson.Default.ListServicesRequest,
            SignalsJson.Default.ListServicesResponse,
            new RestBinding("GET", "/services")
            {
                InQuery = RestBinding.Same("StartTime", "EndTime", "MaxResults", "NextToken"),
            });
}

public sealed record ListServicesResponse
{
    public IReadOnlyList<ServiceSummary> ServiceSummaries { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ServiceSummary
{
    /// <summary><c>Type</c>, <c>Name</c>, <c>Environment</c>, <c>ResourceType</c>, <c>Identifier</c>.</summary>
    public required IReadOnlyDictionary<string, string> KeyAttributes { get; init; }
}
