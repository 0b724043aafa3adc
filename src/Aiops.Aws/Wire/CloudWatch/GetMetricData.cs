namespace Aiops.Aws.Wire.CloudWatch;

/// <summary>Metrics, metric math and search expressions: up to 500 a call and 100,800 samples an answer.</summary>
public sealed record GetMetricDataRequest : IWireRequest<GetMetricDataResponse>
{
    public required IReadOnlyList<MetricDataQuery> MetricDataQueries { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Not included.</summary>
    public required DateTimeOffset EndTime { get; init; }

    public string? NextToken { get; init; }

    /// <summary><c>TimestampAscending</c> or <c>TimestampDescending</c>.</summary>
    public string? ScanBy { get; init; }

    public int? MaxDatapoints { get; init; }

    WireOperation<GetMetricDataResponse> IWireRequest<GetMetricDataResponse>.Operation => Call;

    private static readonly WireOperation<GetMetricDataResponse> Call
        = CloudWatchWire.Service.Call(
            "GetMetricData", CloudWatchJson.Default.GetMetricDataRequest, CloudWatchJson.Default.GetMetricDataResponse);
}

public sealed record GetMetricDataResponse
{
    public IReadOnlyList<MetricDataResult> MetricDataResults { get => field ?? []; init; }

    public string? NextToken { get; init; }

    public IReadOnlyList<MessageData> Messages { get => field ?? []; init; }
}

/// <summary>A series, or a part of one: the rest comes with the next page under the same id.</summary>
public sealed record MetricDataResult
{
    public string? Id { get; init; }

    public string? Label { get; init; }

    public IReadOnlyList<DateTimeOffset> Timestamps { get => field ?? []; init; }

    public IReadOnlyList<double> Values { get => field ?? []; init; }

    /// <summary>Complete, InternalError, PartialData or Forbidden.</summary>
    public string? StatusCode { get; init; }

    public IReadOnlyList<MessageData> Messages { get => field ?? []; init; }
}

public sealed record MessageData
{
    public string? Code { get; init; }

    public string? Value { get; init; }
}
