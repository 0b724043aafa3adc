namespace Aiops.Accuracy.Calibration;

/// <summary>The mean squared error of stated probabilities [Brier1950]: 0 is perfect, and it rewards being sure only where that is right.</summary>
/// <remarks>[Brier1950] G. W. Brier: Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).</remarks>
internal static class BrierScore
{
    public static double Of(IReadOnlyList<Forecast> forecasts)
        => forecasts.Count == 0 ? double.NaN : forecasts.Sum(f => (f.Confidence - f.Outcome) * (f.Confidence - f.Outcome)) / forecasts.Count;

    /// <summary>
    /// 1 less the score over that of a constant: the share of right answers among these very cases, which no forecaster could
    /// know. Above 0 is better than that constant; NaN when all answers are right, or all wrong.
    /// </summary>
    public static double Skill(IReadOnlyList<Forecast> forecasts)
    {
        if (forecasts.Count == 0)
        {
            return double.NaN;
        }

        var rate = forecasts.Average(f => f.Outcome);
        var constant = Of([.. forecasts.Select(f => f with { Confidence = rate })]);
        return constant > 1e-12 ? 1 - (Of(forecasts) / constant) : double.NaN;
    }
}
