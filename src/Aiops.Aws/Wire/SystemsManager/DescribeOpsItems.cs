namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>OpsItems that fit all filters.</summary>
public sealed record DescribeOpsItemsRequest : IWireRequest<DescribeOpsItemsResponse>
{
    public IReadOnlyList<OpsItemFilter>? OpsItemFilters { get; init; }

    /// <summary>Up to 50.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<DescribeOpsItemsResponse> IWireRequest<DescribeOpsItemsResponse>.Operation => Call;

    private static readonly WireOperation<DescribeOpsItemsResponse> Call
        = SsmWire.Service.Call("DescribeOpsItems", SsmJson.Default.DescribeOpsItemsRequest, SsmJson.Default.DescribeOpsItemsResponse);
}

public sealed record OpsItemFilter
{
    public required string Key { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public required string Operator { get; init; }
}

public sealed record DescribeOpsItemsResponse
{
    public IReadOnlyList<OpsItemSummary> OpsItemSummaries { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record OpsItemSummary
{
    public string? OpsItemId { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }
}
