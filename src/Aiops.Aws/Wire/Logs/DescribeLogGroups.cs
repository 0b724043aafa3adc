namespace Aiops.Aws.Wire.Logs;

/// <summary>The log groups there are, by prefix: up to 50 a page.</summary>
public sealed record DescribeLogGroupsRequest : IWireRequest<DescribeLogGroupsResponse>
{
    public string? LogGroupNamePrefix { get; init; }

    public string? LogGroupNamePattern { get; init; }

    public bool? IncludeLinkedAccounts { get; init; }

    public string? NextToken { get; init; }

    public int? Limit { get; init; }

    WireOperation<DescribeLogGroupsResponse> IWireRequest<DescribeLogGroupsResponse>.Operation => Call;

    private static readonly WireOperation<DescribeLogGroupsResponse> Call
        = LogsWire.Service.Call(
            "DescribeLogGroups", LogsJson.Default.DescribeLogGroupsRequest, LogsJson.Default.DescribeLogGroupsResponse);
}

public sealed record DescribeLogGroupsResponse
{
    public IReadOnlyList<LogGroup> LogGroups { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record LogGroup
{
    public string? LogGroupName { get; init; }

    public string? LogGroupArn { get; init; }

    public int? RetentionInDays { get; init; }

    public long? StoredBytes { get; init; }

    /// <summary><c>INFREQUENT_ACCESS</c> groups answer queries but not FilterLogEvents.</summary>
    public string? LogGroupClass { get; init; }
}
