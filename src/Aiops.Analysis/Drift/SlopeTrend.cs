namespace Aiops.Analysis.Drift;

/// <summary>A straight trend through samples, in their own units.</summary>
/// <param name="Slope">Of the value, for one unit of time.</param>
/// <param name="LowSlope">Low end of its interval.</param>
/// <param name="HighSlope">High end.</param>
/// <param name="Significance">Mann-Kendall's standard normal, autocorrelation taken off; its sign is the slope's.</param>
internal readonly record struct SlopeTrend(double Slope, double LowSlope, double HighSlope, double Significance)
{
    private const double Z = 1.959964; // Two-sided 95 %.
    private const double Rounding = 1e-24; // Of squares: residuals that are nothing else have no correlation.
    private const double StrongestCorrelation = 0.99; // What a detrended random walk of a few hundred samples shows.

    /// <summary>
    /// The median of the slopes between all pairs [Sen1968], or between those a whole number of seasons apart [Hirsch1982], with
    /// the test of [Mann1945] and Sen's interval; both widened for the residuals' autocorrelation [Yue2004].
    /// </summary>
    /// <remarks>
    /// Up to 29 % of the samples may be wild. O(n² log n), so for a bounded number of samples. Departures: only the first
    /// autocorrelation is used, for an autoregression, never to narrow anything; phases of a season count as independent.
    /// [Sen1968] P. K. Sen: Estimates of the Regression Coefficient Based on Kendall's Tau, JASA 63 (1968).
    /// [Mann1945] H. B. Mann: Nonparametric Tests Against Trend, Econometrica 13 (1945).
    /// [Hirsch1982] R. M. Hirsch, J. R. Slack, R. A. Smith: Techniques of Trend Analysis for Monthly Water Quality Data, Water
    /// Resources Research 18 (1982).
    /// [Yue2004] S. Yue, C. Wang: The Mann-Kendall Test Modified by Effective Sample Size to Detect Trend in Serially Correlated
    /// Hydrological Series, Water Resources Management 18 (2004).
    /// [Marriott1954] F. H. C. Marriott, J. A. Pope: Bias in the Estimation of Autocorrelations, Biometrika 41 (1954).
    /// </remarks>
    /// <param name="times">Ascending, whole.</param>
    /// <param name="values">As long; at least five.</param>
    /// <param name="season">Of the times; 1 compares every pair.</param>
    /// <returns>Null when no two samples can be compared.</returns>
    public static SlopeTrend? Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long season)
    {
        var slopes = new List<double>(values.Length * (values.Length - 1) / 2);
        var (rises, variance) = (0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var alike = 1; // Samples of this phase so far.
            for (var j = i - 1; j >= 0; j--)
            {
                if ((times[i] - times[j]) % season == 0)
                {
                    slopes.Add((values[i] - values[j]) / (times[i] - times[j]));
                    rises += Math.Sign(values[i] - values[j]);
                    alike++;
                }
            }

            variance += VarianceOf(alike) - VarianceOf(alike - 1);
        }

        if (slopes.Count == 0)
        {
            return null;
        }

        slopes.Sort();
        var ascending = slopes.ToArray();
        var slope = Quantile.OfSorted(ascending, 0.5);
        var error = Math.Sqrt(variance * Inflation(times, values, slope, season));
        var half = Z * error / 2 / ascending.Length; // As a share of the slopes, either side of their median.
        return new SlopeTrend(
            slope,
            Quantile.OfSorted(ascending, Math.Max(0, 0.5 - half)),
            Quantile.OfSorted(ascending, Math.Min(1, 0.5 + half)),
            Math.Sign(rises) * Math.Max(0, Math.Abs(rises) - 1) / error);
    }

    /// <summary>Of Kendall's score for so many independent samples without a trend; ties would lessen it.</summary>
    private static double VarianceOf(int samples) => samples * (samples - 1.0) * ((2.0 * samples) + 5) / 18;

    /// <summary>How many times fewer independent samples there are.</summary>
    private static double Inflation(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double slope, long season)
    {
        var residuals = new SeasonalLevel(times, values, slope, season).Residuals(times, values);
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < residuals.Length; i++)
        {
            product += i == 0 ? 0 : residuals[i] * residuals[i - 1];
            square += residuals[i] * residuals[i];
        }

        if (square <= Rounding * values.Length * SquareOf(values))
        {
            return 1;
        }

        // An estimate from a detrended series is too small by about (2 + 4ρ)/n [Marriott1954].
        var unbiased = ((residuals.Length * product / square) + 2) / (residuals.Length - 4);
        var correlation = Math.Clamp(unbiased, 0, StrongestCorrelation);
        return (1 + correlation) / (1 - correlation);
    }

    private static double SquareOf(ReadOnlySpan<double> values) => Math.Max(values[0] * values[0], values[^1] * values[^1]);
}
