namespace Aiops.Pipeline.Classify;

/// <summary>One reason for a severity. Rules run in order; each sees what the ones before it said.</summary>
public interface ISeverityRule
{
    /// <summary>A new severity with its reason, or null when the rule has nothing to say.</summary>
    SeverityJudgement? Judge(ClassificationFacts facts, IncidentKind kind, Severity soFar);
}

/// <param name="Reason">A sentence for people.</param>
public sealed record SeverityJudgement(Severity Severity, string Reason);
