namespace Aiops.Aws.Wire.CloudWatch;

/// <summary>Which series of a multi-series alarm are in alarm now.</summary>
public sealed record DescribeAlarmContributorsRequest : IWireRequest<DescribeAlarmContributorsResponse>
{
    public required string AlarmName { get; init; }

    public string? NextToken { get; init; }

    WireOperation<DescribeAlarmContributorsResponse> IWireRequest<DescribeAlarmContributorsResponse>.Operation => Call;

    private static readonly WireOperation<DescribeAlarmContributorsResponse> Call
        = CloudWatchWire.Service.Call(
            "DescribeAlarmContributors",
            CloudWatchJson.Default.DescribeAlarmContributorsRequest,
            CloudWatchJson.Default.DescribeAlarmContributorsResponse);
}

public sealed record DescribeAlarmContributorsResponse
{
    public IReadOnlyList<AlarmContributor> AlarmContributors { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record AlarmContributor
{
    public required string ContributorId { get; init; }

    public IReadOnlyDictionary<string, string>? ContributorAttributes { get; init; }

    public string? StateReason { get; init; }

    public DateTimeOffset? StateTransitionedTimestamp { get; init; }
}
