namespace Aiops.Aws.Wire.CloudFormation;

/// <summary>A stack by name, with its outputs; without a name, all of them.</summary>
public sealed record DescribeStacksRequest : IWireRequest<DescribeStacksResponse>
{
    public string? StackName { get; init; }

    public string? NextToken { get; init; }

    WireOperation<DescribeStacksResponse> IWireRequest<DescribeStacksResponse>.Operation => Call;

    private static readonly WireOperation<DescribeStacksResponse> Call
        = StacksWire.Service.Call(
            "DescribeStacks", StacksJson.Default.DescribeStacksRequest, StacksJson.Default.DescribeStacksResponse);
}

public sealed record DescribeStacksResponse
{
    public IReadOnlyList<Stack> Stacks { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record Stack
{
    public string? StackId { get; init; }

    public required string StackName { get; init; }

    public required string StackStatus { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }

    public IReadOnlyList<StackOutput> Outputs { get => field ?? []; init; }
}

public sealed record StackOutput
{
    public string? OutputKey { get; init; }

    public string? OutputValue { get; init; }

    public string? Description { get; init; }
}
