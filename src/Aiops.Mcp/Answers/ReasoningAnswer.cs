using Aiops.Pipeline.Reason;

namespace Aiops.Mcp.Answers;

/// <summary>What a model made of an analysis: the sentences that stood the check, how many were struck out and why, and what it cost.</summary>
/// <param name="Why">Why there is no explanation, or only a part of one.</param>
/// <param name="Found">What its claims cite beyond the analysis' own evidence.</param>
/// <param name="MovedCauses">Whether the causes stand in its order instead of the engine's.</param>
internal sealed record ReasoningAnswer(
    ReasoningStatus Status,
    string? Why,
    string Model,
    IReadOnlyList<CheckedClaim> Narrative,
    IReadOnlyList<HypothesisReading> Causes,
    IReadOnlyList<CitedEvidence> Found,
    IReadOnlyList<StruckOut> Struck,
    bool MovedCauses,
    bool FromCache,
    int Calls,
    long Tokens,
    double Usd)
{
    /// <summary>Without sentences where none is to be shown.</summary>
    public static ReasoningAnswer Of(Reasoning reasoning) => new(
        reasoning.Status,
        reasoning.Why,
        reasoning.Model,
        reasoning.Explains ? reasoning.Narrative : [],
        reasoning.Explains ? reasoning.Causes : [],
        reasoning.Explains ? [.. reasoning.Found.Select(found => new CitedEvidence(found.Id, found.Kind, found.Statement))] : [],
        reasoning.Struck,
        reasoning.Explains && reasoning.Order.Count > 0,
        reasoning.FromCache,
        reasoning.Spent.Calls,
        reasoning.Spent.Tokens,
        reasoning.Spent.MicroDollars / 1e6);
}
