namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>The objectives there are: up to 50 a page.</summary>
public sealed record ListServiceLevelObjectivesRequest : IWireRequest<ListServiceLevelObjectivesResponse>
{
    public IReadOnlyDictionary<string, string>? KeyAttributes { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListServiceLevelObjectivesResponse> IWireRequest<ListServiceLevelObjectivesResponse>.Operation => Call;

    private static readonly WireOperation<ListServiceLevelObjectivesResponse> Call
        = SignalsWire.Service.Call(
            "ListServiceLevelObjectives",
            SignalsJson.Default.ListServiceLevelObjectivesRequest,
            SignalsJson.Default.ListServiceLevelObjectivesResponse,
            new RestBinding("POST", "/slos") { InQuery = RestBinding.Same("MaxResults", "NextToken") });
}

public sealed record ListServiceLevelObjectivesResponse
{
    public IReadOnlyList<ObjectiveSummary> SloSummaries { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ObjectiveSummary
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string>? KeyAttributes { get; init; }

    public string? OperationName { get; init; }
}
