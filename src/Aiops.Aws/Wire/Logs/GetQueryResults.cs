namespace Aiops.Aws.Wire.Logs;

/// <summary>What a query has found so far, and how it stands.</summary>
public sealed record GetQueryResultsRequest : IWireRequest<GetQueryResultsResponse>
{
    public required string QueryId { get; init; }

    WireOperation<GetQueryResultsResponse> IWireRequest<GetQueryResultsResponse>.Operation => Call;

    private static readonly WireOperation<GetQueryResultsResponse> Call
        = LogsWire.Service.Call(
            "GetQueryResults", LogsJson.Default.GetQueryResultsRequest, LogsJson.Default.GetQueryResultsResponse);
}

public sealed record GetQueryResultsResponse
{
    /// <summary>A list of fields a row.</summary>
    public IReadOnlyList<IReadOnlyList<ResultField>> Results { get => field ?? []; init; }

    public QueryStatistics? Statistics { get; init; }

    /// <summary>Scheduled, Running, Complete, Failed, Cancelled, Timeout or Unknown.</summary>
    public string? Status { get; init; }
}

public sealed record ResultField
{
    public string? Field { get; init; }

    public string? Value { get; init; }
}

public sealed record QueryStatistics
{
    public double? RecordsMatched { get; init; }

    public double? RecordsScanned { get; init; }

    public double? BytesScanned { get; init; }
}
