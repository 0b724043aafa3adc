namespace Aiops.Accuracy.Calibration;

/// <summary>Judges each case by what was learned from cases of other causes alone.</summary>
internal static class LeaveOneCauseOut
{
    /// <summary>In the order of the cases.</summary>
    public static IReadOnlyList<Forecast> Forecasts(IConfidenceMethod method, IReadOnlyList<JudgedRanking> cases)
    {
        var forecasts = new Forecast[cases.Count];
        foreach (var cause in cases.Select(one => one.Cause).Distinct().ToList())
        {
            List<JudgedRanking> others = [.. cases.Where(one => one.Cause != cause)];
            var confidence = method.Fit(others);
            var rate = BaseRateOf(others);
            for (var i = 0; i < forecasts.Length; i++)
            {
                if (cases[i].Cause == cause)
                {
                    forecasts[i] = new Forecast(confidence(cases[i].Features), cases[i].FirstIsRight, rate);
                }
            }
        }

        return forecasts;
    }

    /// <summary>The share of right answers; a half of none.</summary>
    public static double BaseRateOf(IReadOnlyList<JudgedRanking> known) => known.Count == 0 ? 0.5 : known.Average(one => one.FirstIsRight);
}
