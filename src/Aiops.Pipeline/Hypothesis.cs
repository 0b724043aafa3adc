using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>One possible root cause, with what speaks for and against it.</summary>
public sealed record Hypothesis
{
    /// <summary>1 is the most probable.</summary>
    public required int Rank { get; init; }

    /// <summary>The suspect.</summary>
    public required string Component { get; init; }

    /// <summary>The suspect's CloudFormation type, or null when unknown.</summary>
    public string? ComponentType { get; init; }

    /// <summary>What happened to it, in one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The signal that carries the hypothesis: decides which playbooks match.</summary>
    public required CauseKind Kind { get; init; }

    /// <summary>The probability that this is the root cause, 0 to 1; over all hypotheses it sums to at most 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>When the suspect first misbehaved, in event time; null when no onset was found.</summary>
    public DateTimeOffset? Onset { get; init; }

    public required SuspectRole Role { get; init; }

    /// <summary>Ids of the evidence that supports it, strongest first.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    /// <summary>Ids of the evidence that speaks against it, strongest first.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>What would settle it: a check that a person can make.</summary>
    public string? WouldDisprove { get; init; }
}

/// <summary>Cause, or a symptom of something further down.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuspectRole>))]
public enum SuspectRole
{
    [JsonStringEnumMemberName("cause")] Cause,
    [JsonStringEnumMemberName("symptom")] Symptom,
}

/// <summary>What kind of fault a hypothesis names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CauseKind>))]
public enum CauseKind
{
    [JsonStringEnumMemberName("unknown")] Unknown = 0,
    [JsonStringEnumMemberName("latency")] Latency,
    [JsonStringEnumMemberName("errors")] Errors,
    [JsonStringEnumMemberName("throttling")] Throttling,
    [JsonStringEnumMemberName("saturation")] Saturation,
    [JsonStringEnumMemberName("unavailable")] Unavailable,
    [JsonStringEnumMemberName("trafficSurge")] TrafficSurge,
    [JsonStringEnumMemberName("trafficDrop")] TrafficDrop,
    [JsonStringEnumMemberName("deployment")] Deployment,
    [JsonStringEnumMemberName("configuration")] Configuration,
}
