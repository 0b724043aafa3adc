namespace Aiops.Analysis.Telemetry;

/// <summary>
/// One metric of one component, as samples in time. Names and units are OpenTelemetry's where they exist
/// (<c>http.server.request.duration</c>, <c>s</c>) and the sender's own elsewhere (<c>AWS/DynamoDB ThrottledRequests</c>).
/// </summary>
/// <remarks>
/// <see cref="UnixMilliseconds"/> ascends without duplicates and is as long as <see cref="Values"/>; a missing sample is
/// simply absent, never a NaN: whoever builds a series sorts, keeps the last of equal stamps and drops NaN.
/// </remarks>
public sealed record MetricSeries
{
    /// <summary>The component (OTel <c>service.name</c>, or the resource's name) that the samples speak of.</summary>
    public required string Component { get; init; }

    public required string Metric { get; init; }

    /// <summary>UCUM unit as OpenTelemetry writes it (<c>s</c>, <c>By</c>, <c>1</c>, <c>{request}</c>); empty when unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How the samples were condensed: <c>Average</c>, <c>Sum</c>, <c>p99</c>, …; empty for a raw gauge.</summary>
    public string Statistic { get; init; } = "";

    public SignalKind Kind { get; init; } = SignalKind.Other;

    public required long[] UnixMilliseconds { get; init; }

    public required double[] Values { get; init; }

    /// <summary>The indices of the window's samples: the first, and the one after the last; equal when there is none.</summary>
    public (int First, int End) SamplesWithin(TimeWindow window)
    {
        var first = IndexOf(window.Start);
        return (first, Math.Max(first, IndexOf(window.End)));
    }

    /// <summary>Of the first sample that isn't before the time.</summary>
    private int IndexOf(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        var index = Array.BinarySearch(UnixMilliseconds, time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? milliseconds : milliseconds + 1);
        return index < 0 ? ~index : index;
    }

    /// <summary>For people: <c>checkout-api http.server.request.duration p99</c>.</summary>
    public override string ToString() => Statistic.Length == 0 ? $"{Component} {Metric}" : $"{Component} {Metric} {Statistic}";
}
