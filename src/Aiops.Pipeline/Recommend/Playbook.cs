using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.Recommend;

/// <summary>What to do about one kind of fault, as its file says it; placeholders are still in it.</summary>
public sealed record Playbook
{
    /// <summary>Lower case, words joined by hyphens; the name of its file.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required PlaybookMatches Matches { get; init; }

    public required IReadOnlyList<PlaybookStep> Steps { get; init; }

    public required ActionRisk Risk { get; init; }

    /// <summary>Why the risk is what it is.</summary>
    public required string Reason { get; init; }

    public required string Rollback { get; init; }

    /// <summary>How to see that it worked.</summary>
    public required string Check { get; init; }
}

/// <summary>When a playbook applies. An empty list asks for nothing.</summary>
public sealed record PlaybookMatches
{
    public IReadOnlyList<IncidentKind> Incidents { get; init; } = [];

    public IReadOnlyList<CauseKind> Causes { get; init; } = [];

    /// <summary>CloudFormation types, <c>*</c> for any run of characters (<c>AWS::RDS::*</c>).</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Words looked for in the names of the metrics that the hypothesis cites, case ignored.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Words looked for in the log patterns that the hypothesis cites or that are new in its component.</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];

    /// <summary>Kinds of change looked for in the component around the incident.</summary>
    public IReadOnlyList<ChangeKind> Changes { get; init; } = [];

    /// <summary>Words looked for in the titles, metrics and senders of the alarms themselves.</summary>
    public IReadOnlyList<string> Alarms { get; init; } = [];

    /// <summary>Whether the alarm alone is reason enough where no cause was found: a cost anomaly, an expiring certificate.</summary>
    public bool WithoutCause { get; init; }
}

/// <summary>One step as its file says it.</summary>
public sealed record PlaybookStep(string Text, string? Command, AutomationDocument? Document);
