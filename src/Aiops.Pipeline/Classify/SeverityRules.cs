using System.Globalization;

namespace Aiops.Pipeline.Classify;

/// <summary>The rules in their order: the sender's claim first, what we can see next, the environment's ceiling last.</summary>
public static class SeverityRules
{
    public static IReadOnlyList<ISeverityRule> Default { get; } =
        [new SendersClaim(), new SpentErrorBudget(), new EntryPointHit(), new WideSpread(), new NotProduction()];

    internal static Severity Raise(Severity severity) => severity is Severity.Sev1 ? Severity.Sev1 : severity - 1;
}

/// <summary>The highest hint among the members: whoever wrote the alarm knew its service.</summary>
public sealed class SendersClaim : ISeverityRule
{
    public SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar)
    {
        var hint = facts.Members.Select(m => m.SeverityHint).Append(facts.Incident.Priority).Max();
        Severity? claimed = hint switch
        {
            SeverityHint.Critical => Severity.Sev1,
            SeverityHint.High => Severity.Sev2,
            SeverityHint.Medium => Severity.Sev3,
            SeverityHint.Low => Severity.Sev4,
            _ => null,
        };
        return claimed is { } severity
            ? new SeverityJudgement(severity, $"The alarm itself claims {hint.ToString().ToLowerInvariant()}.")
            : null;
    }
}

/// <summary>An overspent error budget is a broken promise, whatever the alarm's author thought.</summary>
public sealed class SpentErrorBudget : ISeverityRule
{
    public SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar)
    {
        var worst = facts.Objectives
            .Where(o => facts.Incident.Components.Count == 0 || facts.Incident.Components.Contains(o.Component, StringComparer.Ordinal))
            .OrderBy(o => o.Remaining).ThenBy(o => o.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return worst is { Remaining: <= 0 }
            ? new SeverityJudgement(
                SeverityRules.Raise(soFar),
                string.Create(CultureInfo.InvariantCulture, $"The error budget of {worst.Name} is spent ({worst.Remaining:P0} left)."))
            : null;
    }
}

/// <summary>Trouble at a component that nothing in the graph calls is what customers see.</summary>
public sealed class EntryPointHit : ISeverityRule
{
    public SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar)
    {
        if (soFar <= Severity.Sev2 || kind is not (IncidentKind.Errors or IncidentKind.Availability or IncidentKind.Latency))
        {
            return null;
        }

        var entry = facts.Incident.Components.FirstOrDefault(component =>
            facts.Topology.Contains(component)
            && facts.Topology.CallersOf(component).Count == 0
            && facts.Topology.CalleesOf(component).Count > 0);
        return entry is null
            ? null
            : new SeverityJudgement(SeverityRules.Raise(soFar), $"{entry} is an entry point: its callers are customers.");
    }
}

/// <summary>Many components at once mean that something shared is broken.</summary>
public sealed class WideSpread : ISeverityRule
{
    /// <summary>From here on an incident is wide: more than a service with its neighbours.</summary>
    public const int Components = 5;

    public SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar)
        => facts.Incident.Components.Count >= Components
            ? new SeverityJudgement(SeverityRules.Raise(soFar), $"{facts.Incident.Components.Count} components alarm at once.")
            : null;
}

/// <summary>Where every member names an environment and none is production, nobody is woken.</summary>
public sealed class NotProduction : ISeverityRule
{
    private static readonly string[] Keys = ["env", "environment", "stage", "deployment.environment", "deployment.environment.name"];
    private static readonly string[] Production = ["prod", "production", "live", "prd"];

    public SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar)
    {
        var environments = facts.Members.Select(EnvironmentOf).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return environments.Count > 0 && environments.TrueForAll(e => e is not null && !Production.Contains(e, StringComparer.OrdinalIgnoreCase))
            ? new SeverityJudgement(Severity.Sev4, $"The environment is {string.Join(", ", environments)}, not production.")
            : null;
    }

    private static string? EnvironmentOf(Trigger trigger)
        => Keys.Select(key => trigger.Tags.FirstOrDefault(tag => tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value)
            .FirstOrDefault(value => value is not null);
}
