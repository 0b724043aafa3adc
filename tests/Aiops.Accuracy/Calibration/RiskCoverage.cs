namespace Aiops.Accuracy.Calibration;

/// <summary>
/// What share of answers is wrong when only the surest are given [ElYaniv2010]; its area [Geifman2019] is small when wrong
/// answers are the least sure. It judges the order of confidences alone. Ties count by expectation.
/// </summary>
/// <remarks>
/// [ElYaniv2010] R. El-Yaniv, Y. Wiener: On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).
/// [Geifman2019] Y. Geifman, G. Uziel, R. El-Yaniv: Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, ICLR 2019.
/// </remarks>
internal static class RiskCoverage
{
    private const double Tie = 1e-9;

    /// <summary>The mean risk over all coverages, 0 to 1; NaN without cases.</summary>
    public static double Area(IReadOnlyList<Forecast> forecasts)
        => forecasts.Count == 0 ? double.NaN : Curve(forecasts).Average(point => point.Risk);

    /// <summary>A point for each number of answers given, the surest first.</summary>
    public static IReadOnlyList<(double Coverage, double Risk)> Curve(IReadOnlyList<Forecast> forecasts)
    {
        var surest = forecasts.OrderByDescending(f => f.Confidence).ToList();
        List<(double, double)> curve = [];
        var right = 0.0;
        for (var from = 0; from < surest.Count;)
        {
            var to = from;
            while (to < surest.Count && surest[from].Confidence - surest[to].Confidence <= Tie)
            {
                to++;
            }

            var each = surest[from..to].Average(f => f.Outcome);
            for (; from < to; from++)
            {
                right += each;
                curve.Add(((from + 1.0) / surest.Count, 1 - (right / (from + 1))));
            }
        }

        return curve;
    }
}
