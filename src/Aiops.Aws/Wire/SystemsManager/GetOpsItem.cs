namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>One OpsItem with all that is kept with it.</summary>
public sealed record GetOpsItemRequest : IWireRequest<GetOpsItemResponse>
{
    public required string OpsItemId { get; init; }

    WireOperation<GetOpsItemResponse> IWireRequest<GetOpsItemResponse>.Operation => Call;

    private static readonly WireOperation<GetOpsItemResponse> Call
        = SsmWire.Service.Call("GetOpsItem", SsmJson.Default.GetOpsItemRequest, SsmJson.Default.GetOpsItemResponse);
}

public sealed record GetOpsItemResponse
{
    public OpsItem? OpsItem { get; init; }
}
