namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>Changes what is given. Operational data is added to, key by key; related OpsItems are replaced.</summary>
public sealed record UpdateOpsItemRequest : IWireRequest<UpdateOpsItemResponse>
{
    public required string OpsItemId { get; init; }

    public string? Title { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public string? Severity { get; init; }

    public IReadOnlyDictionary<string, OpsItemDataValue>? OperationalData { get; init; }

    public IReadOnlyList<string>? OperationalDataToDelete { get; init; }

    public IReadOnlyList<RelatedOpsItem>? RelatedOpsItems { get; init; }

    WireOperation<UpdateOpsItemResponse> IWireRequest<UpdateOpsItemResponse>.Operation => Call;

    private static readonly WireOperation<UpdateOpsItemResponse> Call
        = SsmWire.Service.Call("UpdateOpsItem", SsmJson.Default.UpdateOpsItemRequest, SsmJson.Default.UpdateOpsItemResponse);
}

public sealed record UpdateOpsItemResponse;
