using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;

namespace Aiops.Pipeline.Reason;

/// <summary>Which analyses are worth a model's money. Duplicates never come this far: intake folds them.</summary>
internal static class ReasonGate
{
    /// <summary>From this often on, one subject that fires and recovers is flapping, and a model has nothing to add to that.</summary>
    public const int FlapsFrom = 3;

    /// <summary>Why nobody is asked, for people; null where a model is.</summary>
    public static string? Against(IReadOnlyList<Trigger> members, Classification? classification, Diagnosis? diagnosis) => (classification, diagnosis) switch
    {
        ({ Depth: not AnalysisDepth.Full }, _) => "Incidents of this kind are analysed by rules alone.",
        ({ Severity: Severity.Sev4 }, _) => "Its severity is low.",
        (_, null) => "There is no analysis to explain.",
        (_, { Hypotheses.Count: 0 }) => "No cause is named, so there is none to explain.",
        _ when IsFlapping(members) => "Its alarm is flapping.",
        _ => null,
    };

    private static bool IsFlapping(IReadOnlyList<Trigger> members)
        => members.Select(member => member.Subject).Distinct(StringComparer.Ordinal).Count() == 1
            && members.Count(member => member.Condition is TriggerCondition.Firing) >= FlapsFrom && members.Any(member => member.Condition is not TriggerCondition.Firing);
}
