namespace Aiops.Analysis.Calibration;

/// <summary>How probable each answer is. All of them sum to 1, and none is 1.</summary>
/// <param name="Suspects">In the order of <see cref="RankingFeatures.Scores"/>, which is theirs too: more evidence is never less probable.</param>
/// <param name="None">That the cause is something without evidence, or that there is no fault.</param>
public sealed record ChoiceProbabilities(IReadOnlyList<double> Suspects, double None);
