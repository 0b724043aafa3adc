using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Classify;

/// <summary>What kind of incident it is and how bad, with reasons that a person can check.</summary>
public sealed record Classification
{
    public required IncidentKind Kind { get; init; }

    public required Severity Severity { get; init; }

    public required AnalysisDepth Depth { get; init; }

    /// <summary>Why this kind and this severity, a sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>How much work the incident is worth.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnalysisDepth>))]
public enum AnalysisDepth
{
    /// <summary>The ticket alone.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>The deterministic engine, no model.</summary>
    [JsonStringEnumMemberName("rules")] Rules,

    /// <summary>Everything that is configured.</summary>
    [JsonStringEnumMemberName("full")] Full,
}
