namespace Aiops.Aws.Wire.CloudWatch;

/// <summary>Alarms with their state and what they watch: up to 100 a page.</summary>
public sealed record DescribeAlarmsRequest : IWireRequest<DescribeAlarmsResponse>
{
    public IReadOnlyList<string>? AlarmNames { get; init; }

    public string? AlarmNamePrefix { get; init; }

    /// <summary><c>MetricAlarm</c>, <c>CompositeAlarm</c>; metric alarms alone when null.</summary>
    public IReadOnlyList<string>? AlarmTypes { get; init; }

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public string? StateValue { get; init; }

    public int? MaxRecords { get; init; }

    public string? NextToken { get; init; }

    WireOperation<DescribeAlarmsResponse> IWireRequest<DescribeAlarmsResponse>.Operation => Call;

    private static readonly WireOperation<DescribeAlarmsResponse> Call
        = CloudWatchWire.Service.Call(
            "DescribeAlarms", CloudWatchJson.Default.DescribeAlarmsRequest, CloudWatchJson.Default.DescribeAlarmsResponse);
}

public sealed record DescribeAlarmsResponse
{
    public IReadOnlyList<MetricAlarm> MetricAlarms { get => field ?? []; init; }

    public IReadOnlyList<CompositeAlarm> CompositeAlarms { get => field ?? []; init; }

    public string? NextToken { get; init; }
}

public sealed record MetricAlarm
{
    public string? AlarmName { get; init; }

    public string? AlarmArn { get; init; }

    public string? AlarmDescription { get; init; }

    public bool? ActionsEnabled { get; init; }

    public string? StateValue { get; init; }

    public string? StateReason { get; init; }

    public string? StateReasonData { get; init; }

    public DateTimeOffset? StateUpdatedTimestamp { get; init; }

    /// <summary>When <see cref="StateValue"/> last became what it is.</summary>
    public DateTimeOffset? StateTransitionedTimestamp { get; init; }

    /// <summary>PARTIAL_DATA, EVALUATION_FAILURE or EVALUATION_ERROR; null when all is well.</summary>
    public string? EvaluationState { get; init; }

    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public string? Statistic { get; init; }

    public string? ExtendedStatistic { get; init; }

    public IReadOnlyList<Dimension> Dimensions { get => field ?? []; init; }

    public int? Period { get; init; }

    public string? Unit { get; init; }

    public int? EvaluationPeriods { get; init; }

    public int? DatapointsToAlarm { get; init; }

    public double? Threshold { get; init; }

    public string? ComparisonOperator { get; init; }

    public string? TreatMissingData { get; init; }

    /// <summary>Of metric math; empty for a plain metric.</summary>
    public IReadOnlyList<MetricDataQuery> Metrics { get => field ?? []; init; }

    /// <summary>Of anomaly detection: the id of the band.</summary>
    public string? ThresholdMetricId { get; init; }
}

public sealed record CompositeAlarm
{
    public string? AlarmName { get; init; }

    public string? AlarmArn { get; init; }

    public string? AlarmDescription { get; init; }

    public bool? ActionsEnabled { get; init; }

    public string? AlarmRule { get; init; }

    public string? StateValue { get; init; }

    public string? StateReason { get; init; }

    public string? StateReasonData { get; init; }

    public DateTimeOffset? StateUpdatedTimestamp { get; init; }

    public DateTimeOffset? StateTransitionedTimestamp { get; init; }

    public string? ActionsSuppressedBy { get; init; }

    public string? ActionsSuppressedReason { get; init; }
}
