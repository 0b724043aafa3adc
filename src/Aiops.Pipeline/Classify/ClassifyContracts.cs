using System.Text.Json.Serialization;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Classify;

/// <param name="Round">1 for the first analysis; a changed incident comes round again.</param>
public sealed record ClassifyInput(string IncidentId, int Round);

/// <param name="Key">Where the whole <see cref="Classification"/> is stored.</param>
public sealed record ClassifyOutput(IncidentKind Kind, Severity Severity, AnalysisDepth Depth, string Key);

/// <summary>What severity is judged by.</summary>
public sealed record ClassificationFacts(
    Incident Incident,
    IReadOnlyList<Trigger> Members,
    ServiceGraph Topology,
    IReadOnlyList<ObjectiveBudget> Objectives);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClassifyInput))]
[JsonSerializable(typeof(ClassifyOutput))]
[JsonSerializable(typeof(Classification))]
public sealed partial class ClassifyJson : JsonSerializerContext;
