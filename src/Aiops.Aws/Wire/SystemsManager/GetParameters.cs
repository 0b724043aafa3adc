namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>Up to ten parameters; those that don't exist are named.</summary>
public sealed record GetParametersRequest : IWireRequest<GetParametersResponse>
{
    public required IReadOnlyList<string> Names { get; init; }

    public bool? WithDecryption { get; init; }

    WireOperation<GetParametersResponse> IWireRequest<GetParametersResponse>.Operation => Call;

    private static readonly WireOperation<GetParametersResponse> Call
        = SsmWire.Service.Call("GetParameters", SsmJson.Default.GetParametersRequest, SsmJson.Default.GetParametersResponse);
}

public sealed record GetParametersResponse
{
    public IReadOnlyList<Parameter> Parameters { get => field ?? []; init; }

    public IReadOnlyList<string> InvalidParameters { get => field ?? []; init; }
}

public sealed record Parameter
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Value { get; init; }

    public long? Version { get; init; }

    public DateTimeOffset? LastModifiedDate { get; init; }
}
