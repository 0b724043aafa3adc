namespace Aiops.Pipeline.Act;

/// <summary>One step of a recommendation that the allow-list carries out.</summary>
/// <param name="Number">The recommendation's, counted from 1 in the order of the comment.</param>
/// <param name="StepNumber">Counted from 1.</param>
/// <param name="Known">Parameters that the incident or the playbook gives; the others are for whoever proposes.</param>
public sealed record ActionOffer(
    int Number, int StepNumber, Recommendation Recommendation, ActionStep Step, AllowedAction Action, string Component, IReadOnlyDictionary<string, string> Known);
