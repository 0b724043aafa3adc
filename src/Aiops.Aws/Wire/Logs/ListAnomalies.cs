namespace Aiops.Aws.Wire.Logs;

/// <summary>What the anomaly detectors of the account's log groups found: up to 50 a page.</summary>
public sealed record ListAnomaliesRequest : IWireRequest<ListAnomaliesResponse>
{
    public string? AnomalyDetectorArn { get; init; }

    public string? SuppressionState { get; init; }

    public int? Limit { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListAnomaliesResponse> IWireRequest<ListAnomaliesResponse>.Operation => Call;

    private static readonly WireOperation<ListAnomaliesResponse> Call
        = LogsWire.Service.Call("ListAnomalies", LogsJson.Default.ListAnomaliesRequest, LogsJson.Default.ListAnomaliesResponse);
}

public sealed record ListAnomaliesResponse
{
    public IReadOnlyList<LogAnomaly> Anomalies { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record LogAnomaly
{
    public required string AnomalyId { get; init; }

    public string? PatternId { get; init; }

    public required string PatternString { get; init; }

    public string? Priority { get; init; }

    public long? FirstSeen { get; init; }

    public long? LastSeen { get; init; }

    public required string Description { get; init; }

    public bool? Active { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<string> LogGroupArnList { get => field ?? []; init; }
}
