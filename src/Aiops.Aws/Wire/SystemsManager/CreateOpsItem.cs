namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>A new OpsItem. One whose <c>/aws/dedup</c> is that of an open one is refused with <c>OpsItemAlreadyExistsException</c>.</summary>
public sealed record CreateOpsItemRequest : IWireRequest<CreateOpsItemResponse>
{
    public required string Title { get; init; }

    /// <summary>Up to 2,048 characters, not blank.</summary>
    public required string Description { get; init; }

    public required string Source { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Priority { get; init; }

    public string? Category { get; init; }

    public string? Severity { get; init; }

    public IReadOnlyDictionary<string, OpsItemDataValue>? OperationalData { get; init; }

    WireOperation<CreateOpsItemResponse> IWireRequest<CreateOpsItemResponse>.Operation => Call;

    private static readonly WireOperation<CreateOpsItemResponse> Call
        = SsmWire.Service.Call("CreateOpsItem", SsmJson.Default.CreateOpsItemRequest, SsmJson.Default.CreateOpsItemResponse);
}

public sealed record CreateOpsItemResponse
{
    public string? OpsItemId { get; init; }
}
