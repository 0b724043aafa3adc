namespace Aiops.Analysis.Calibration;

/// <summary>The mean squared error of stated probabilities [Brier1950]: 0 is perfect, and it rewards being sure only where that is right.</summary>
/// <remarks>[Brier1950] G. W. Brier: Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).</remarks>
public static class BrierScore
{
    public static double Of(IReadOnlyList<Forecast> forecasts)
        => forecasts.Count == 0 ? double.NaN : forecasts.Sum(f => (f.Confidence - f.Outcome) * (f.Confidence - f.Outcome)) / forecasts.Count;

    /// <summary>1 less the score over that of the base rate, learned from the same cases. Above 0 is better than that constant.</summary>
    public static double Skill(IReadOnlyList<Forecast> forecasts)
        => Against(forecasts, forecasts.Select(f => f with { Confidence = f.BaseRate }));

    /// <summary>
    /// The same against a constant that nobody could have stated: the share of right answers among these very cases. NaN when
    /// all answers are right, or all wrong.
    /// </summary>
    public static double SkillInHindsight(IReadOnlyList<Forecast> forecasts)
    {
        var rate = forecasts.Count == 0 ? double.NaN : forecasts.Average(f => f.Outcome);
        return Against(forecasts, forecasts.Select(f => f with { Confidence = rate }));
    }

    private static double Against(IReadOnlyList<Forecast> forecasts, IEnumerable<Forecast> constant)
        => Of([.. constant]) is > 1e-12 and var score ? 1 - (Of(forecasts) / score) : double.NaN;
}
