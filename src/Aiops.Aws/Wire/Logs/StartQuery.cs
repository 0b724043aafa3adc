namespace Aiops.Aws.Wire.Logs;

/// <summary>Begins a query in the Logs Insights language, which runs for an hour at most.</summary>
public sealed record StartQueryRequest : IWireRequest<StartQueryResponse>
{
    /// <summary>Up to 50.</summary>
    public IReadOnlyList<string>? LogGroupNames { get; init; }

    /// <summary>Names or ARNs, for groups of other accounts.</summary>
    public IReadOnlyList<string>? LogGroupIdentifiers { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required long StartTime { get; init; }

    /// <summary>Seconds since 1970, included.</summary>
    public required long EndTime { get; init; }

    public required string QueryString { get; init; }

    /// <summary>10,000 when null.</summary>
    public int? Limit { get; init; }

    WireOperation<StartQueryResponse> IWireRequest<StartQueryResponse>.Operation => Call;

    private static readonly WireOperation<StartQueryResponse> Call
        = LogsWire.Service.Call("StartQuery", LogsJson.Default.StartQueryRequest, LogsJson.Default.StartQueryResponse);
}

public sealed record StartQueryResponse
{
    public string? QueryId { get; init; }
}
