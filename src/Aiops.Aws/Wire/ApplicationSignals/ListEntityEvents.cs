namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>The changes made to one service: up to 250 a page.</summary>
public sealed record ListEntityEventsRequest : IWireRequest<ListEntityEventsResponse>
{
    public required IReadOnlyDictionary<string, string> Entity { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<ListEntityEventsResponse> IWireRequest<ListEntityEventsResponse>.Operation => Call;

    private static readonly WireOperation<ListEntityEventsResponse> Call
        = SignalsWire.Service.Call(
            "ListEntityEvents",
            SignalsJson.Default.ListEntityEventsRequest,
            SignalsJson.Default.ListEntityEventsResponse,
            new RestBinding("POST", "/events") { InQuery = RestBinding.Same("MaxResults", "NextToken") });
}

public sealed record ListEntityEventsResponse
{
    public IReadOnlyList<ChangeEvent> ChangeEvents { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record ChangeEvent
{
    public required DateTimeOffset Timestamp { get; init; }

    public string? AccountId { get; init; }

    public string? Region { get; init; }

    public required IReadOnlyDictionary<string, string> Entity { get; init; }

    /// <summary>DEPLOYMENT or CONFIGURATION.</summary>
    public string? ChangeEventType { get; init; }

    public required string EventId { get; init; }

    public string? UserName { get; init; }

    public string? EventName { get; init; }
}
