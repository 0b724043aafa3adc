using System.Text.Json.Serialization;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Reason.Checks;

namespace Aiops.Pipeline.Reason.Briefing;

/// <summary>All that a model is told of an incident at first, and what its answer is held against.</summary>
internal sealed record Brief
{
    public required Diagnosis Diagnosis { get; init; }

    /// <summary>By id (<c>H1</c>), the most probable first.</summary>
    public required IReadOnlyDictionary<string, Hypothesis> Hypotheses { get; init; }

    /// <summary>By id.</summary>
    public required IReadOnlyDictionary<string, Citable> Citables { get; init; }

    /// <summary>Every component that the incident's telemetry knows.</summary>
    public required IReadOnlySet<string> Entities { get; init; }

    /// <summary>The ids of the playbooks that fit.</summary>
    public required IReadOnlySet<string> Playbooks { get; init; }

    /// <summary>What is sent: JSON with secrets masked, and hidden what may be hidden.</summary>
    public required string Json { get; init; }
}

internal sealed record BriefForm
{
    public required BriefIncident Incident { get; init; }

    public required IReadOnlyList<BriefHypothesis> Hypotheses { get; init; }

    public required IReadOnlyList<BriefItem> Evidence { get; init; }

    public required IReadOnlyList<BriefItem> LogPatterns { get; init; }

    public required IReadOnlyList<BriefItem> Changes { get; init; }

    public required IReadOnlyList<BriefItem> SimilarReviewedIncidents { get; init; }

    public required IReadOnlyList<BriefItem> Missing { get; init; }

    public required IReadOnlyList<BriefPlaybook> Playbooks { get; init; }

    /// <summary>How many items of each part were left out for length; null where none were.</summary>
    public string? LeftOut { get; init; }
}

internal sealed record BriefIncident(string Id, string Text, IReadOnlyList<string> Components);

internal sealed record BriefHypothesis(
    string Id, string Component, string Text, double Confidence, IReadOnlyList<string> For, IReadOnlyList<string> Against, string? WouldDisprove);

internal sealed record BriefItem(string Id, string Component, string Text);

internal sealed record BriefPlaybook(string Id, string Title, string For);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BriefForm))]
[JsonSerializable(typeof(IReadOnlyList<BriefItem>))]
internal sealed partial class BriefJson : JsonSerializerContext;
