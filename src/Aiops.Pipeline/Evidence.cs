using System.Text.Json.Serialization;
using Aiops.Analysis;

namespace Aiops.Pipeline;

/// <summary>One observation that speaks for or against a hypothesis, and where it came from. Claims cite evidence by id.</summary>
public sealed record Evidence
{
    /// <summary>Short and stable within one analysis (<c>E7</c>).</summary>
    public required string Id { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>What it speaks of; empty when it concerns everything.</summary>
    public required string Component { get; init; }

    /// <summary>One sentence with its figures, for people.</summary>
    public required string Statement { get; init; }

    /// <summary>When it began, in event time; null when it has no onset.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>The series behind it (<see cref="Analysis.Telemetry.MetricSeries.ToString"/>), so that a report can draw it; null for others.</summary>
    public string? Series { get; init; }

    public required Provenance Provenance { get; init; }
}

/// <summary>Which signal an observation comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceKind>))]
public enum EvidenceKind
{
    [JsonStringEnumMemberName("alarm")] Alarm,
    [JsonStringEnumMemberName("metric")] Metric,
    [JsonStringEnumMemberName("log")] Log,
    [JsonStringEnumMemberName("trace")] Trace,
    [JsonStringEnumMemberName("topology")] Topology,
    [JsonStringEnumMemberName("change")] Change,
    [JsonStringEnumMemberName("objective")] Objective,
    [JsonStringEnumMemberName("pastIncident")] PastIncident,
}

/// <summary>Where an observation came from, so that anyone can look again.</summary>
/// <param name="Source">The system asked (<c>recording metrics</c>, <c>CloudWatch GetMetricData</c>).</param>
/// <param name="Query">What it was asked.</param>
/// <param name="Link">Where a person can see it; null when there is no such place.</param>
public sealed record Provenance(string Source, string Query, TimeWindow Window, string? Link = null);
