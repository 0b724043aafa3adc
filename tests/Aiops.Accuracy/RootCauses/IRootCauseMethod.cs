using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses;

/// <summary>A way to find the cause of an incident: ours, or a peer's.</summary>
internal interface IRootCauseMethod
{
    string Name { get; }

    /// <summary>Scores by component, the higher the more suspect, in no promised order; empty when no cause is named.</summary>
    IReadOnlyDictionary<string, double> Rank(RootCauseCase incident);
}
