using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>One thing to do, from a playbook. Nothing is executed without approval.</summary>
public sealed record Recommendation
{
    /// <summary>The playbook's id (<c>dynamodb-throttled-table</c>).</summary>
    public required string Playbook { get; init; }

    public required string Title { get; init; }

    /// <summary>The hypothesis that it treats, by rank; 0 where no cause was found and it treats the alarm itself.</summary>
    public required int Hypothesis { get; init; }

    /// <summary>Why it was chosen: what matched.</summary>
    public required string Because { get; init; }

    public required IReadOnlyList<ActionStep> Steps { get; init; }

    public required ActionRisk Risk { get; init; }

    /// <summary>Why the risk is what it is.</summary>
    public required string RiskReason { get; init; }

    public required string Rollback { get; init; }

    /// <summary>How to see that it worked.</summary>
    public required string Check { get; init; }
}

/// <summary>One step of a playbook, its parameters filled in from the incident.</summary>
/// <param name="Command">A command line to copy; null where the step is something to look at or decide.</param>
/// <param name="Document">A Systems Manager document and its parameters; null where there is none.</param>
public sealed record ActionStep(string Text, string? Command = null, AutomationDocument? Document = null);

/// <summary>A Systems Manager Automation document with its parameters.</summary>
public sealed record AutomationDocument(string Name, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What doing it may break.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionRisk>))]
public enum ActionRisk
{
    /// <summary>Only looks.</summary>
    [JsonStringEnumMemberName("none")] None = 0,
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
}
