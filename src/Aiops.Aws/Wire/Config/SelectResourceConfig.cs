namespace Aiops.Aws.Wire.Config;

/// <summary>An SQL query over the current configuration of recorded resources: up to 100 rows a page.</summary>
public sealed record SelectResourceConfigRequest : IWireRequest<SelectResourceConfigResponse>
{
    public required string Expression { get; init; }

    public int? Limit { get; init; }

    public string? NextToken { get; init; }

    WireOperation<SelectResourceConfigResponse> IWireRequest<SelectResourceConfigResponse>.Operation => Call;

    private static readonly WireOperation<SelectResourceConfigResponse> Call
        = ConfigWire.Service.Call(
            "SelectResourceConfig",
            ConfigJson.Default.SelectResourceConfigRequest,
            ConfigJson.Default.SelectResourceConfigResponse);
}

public sealed record SelectResourceConfigResponse
{
    /// <summary>A JSON document a row.</summary>
    public IReadOnlyList<string> Results { get => field ?? []; init; }

    public string? NextToken { get; init; }
}
