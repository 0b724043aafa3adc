namespace Aiops.Aws.Wire.Logs;

/// <summary>Events of one group without a query: up to 10,000 or 1 MB a page, and no charge by the gigabyte scanned.</summary>
public sealed record FilterLogEventsRequest : IWireRequest<FilterLogEventsResponse>
{
    public string? LogGroupName { get; init; }

    public string? LogGroupIdentifier { get; init; }

    public long? StartTime { get; init; }

    /// <summary>Not included.</summary>
    public long? EndTime { get; init; }

    public string? FilterPattern { get; init; }

    public string? NextToken { get; init; }

    public int? Limit { get; init; }

    WireOperation<FilterLogEventsResponse> IWireRequest<FilterLogEventsResponse>.Operation => Call;

    private static readonly WireOperation<FilterLogEventsResponse> Call
        = LogsWire.Service.Call(
            "FilterLogEvents", LogsJson.Default.FilterLogEventsRequest, LogsJson.Default.FilterLogEventsResponse);
}

public sealed record FilterLogEventsResponse
{
    public IReadOnlyList<FilteredLogEvent> Events { get => field ?? []; init; }

    /// <summary>A page may be empty and still have a next one.</summary>
    public string? NextToken { get; init; }
}

public sealed record FilteredLogEvent
{
    public string? LogStreamName { get; init; }

    public long? Timestamp { get; init; }

    public string? Message { get; init; }

    public long? IngestionTime { get; init; }

    public string? EventId { get; init; }
}
