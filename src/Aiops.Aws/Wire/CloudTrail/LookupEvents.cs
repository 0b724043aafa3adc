namespace Aiops.Aws.Wire.CloudTrail;

/// <summary>
/// Management events of the last 90 days, newest first: up to 50 a page, two calls a second an account and Region.
/// </summary>
public sealed record LookupEventsRequest : IWireRequest<LookupEventsResponse>
{
    /// <summary>One at most.</summary>
    public IReadOnlyList<LookupAttribute>? LookupAttributes { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    WireOperation<LookupEventsResponse> IWireRequest<LookupEventsResponse>.Operation => Call;

    private static readonly WireOperation<LookupEventsResponse> Call
        = CloudTrailWire.Service.Call(
            "LookupEvents", CloudTrailJson.Default.LookupEventsRequest, CloudTrailJson.Default.LookupEventsResponse);
}

public sealed record LookupEventsResponse
{
    public IReadOnlyList<TrailEvent> Events { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record TrailEvent
{
    public string? EventId { get; init; }

    public string? EventName { get; init; }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public string? ReadOnly { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public string? EventSource { get; init; }

    public string? Username { get; init; }

    /// <summary>The whole record as JSON.</summary>
    public string? CloudTrailEvent { get; init; }
}

public sealed record LookupAttribute(string AttributeKey, string AttributeValue);
