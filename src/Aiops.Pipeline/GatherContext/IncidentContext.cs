using System.Text.Json.Serialization;
using Aiops.Analysis;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Pipeline.GatherContext;

/// <summary>
/// Everything that was found out about an incident's surroundings, condensed: what the engine reads, what the report shows,
/// and what was missing. Each source fills its own part; a part that failed is an entry in <see cref="Missing"/>.
/// </summary>
public sealed record IncidentContext
{
    /// <summary>The stretch judged: from before the alarm's breach to the time of the analysis.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Just before it, judged by nobody yet; null where the window already reaches back far enough.</summary>
    public TimeWindow? Guard { get; init; }

    /// <summary>The stretches it is judged against.</summary>
    public required TimeWindows Baseline { get; init; }

    public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

    public IReadOnlyList<LogPatternShift> Logs { get; init; } = [];

    /// <summary>Where the usual order of log lines within traces broke.</summary>
    public IReadOnlyList<SequenceShift> Sequences { get; init; } = [];

    public IReadOnlyList<OperationShift> Traces { get; init; } = [];

    public ServiceGraph Topology { get; init; } = ServiceGraph.Empty;

    public IReadOnlyList<Change> Changes { get; init; } = [];

    public IReadOnlyList<ObjectiveBudget> Objectives { get; init; } = [];

    public IReadOnlyList<PastIncident> PastIncidents { get; init; } = [];

    /// <summary>Where each part came from.</summary>
    public IReadOnlyList<SourcePart> Parts { get; init; } = [];

    /// <summary>The parts that gave nothing or less than asked, in the order of <see cref="ContextSource"/>.</summary>
    public IEnumerable<SourcePart> Missing => Parts.Where(part => part.Status != SourceStatus.Complete);
}

/// <summary>What is asked, one task of the workflow each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContextSource>))]
public enum ContextSource
{
    [JsonStringEnumMemberName("metrics")] Metrics,
    [JsonStringEnumMemberName("logs")] Logs,
    [JsonStringEnumMemberName("traces")] Traces,
    [JsonStringEnumMemberName("topology")] Topology,
    [JsonStringEnumMemberName("changes")] Changes,
    [JsonStringEnumMemberName("objectives")] Objectives,
    [JsonStringEnumMemberName("pastIncidents")] PastIncidents,
}

/// <summary>How asking one source went.</summary>
/// <param name="Gaps">What is missing or odd in it, a sentence each, for people.</param>
public sealed record SourcePart(ContextSource Source, SourceStatus Status, Provenance? Provenance, IReadOnlyList<string> Gaps);

/// <summary>How much a source gave.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceStatus>))]
public enum SourceStatus
{
    [JsonStringEnumMemberName("complete")] Complete,

    /// <summary>Some of what was asked, the gaps named.</summary>
    [JsonStringEnumMemberName("partial")] Partial,

    /// <summary>It answered, and had nothing.</summary>
    [JsonStringEnumMemberName("empty")] Empty,

    /// <summary>It isn't configured, doesn't exist, or failed after its retries.</summary>
    [JsonStringEnumMemberName("missing")] Missing,

    /// <summary>We aren't allowed to ask.</summary>
    [JsonStringEnumMemberName("denied")] Denied,
}
