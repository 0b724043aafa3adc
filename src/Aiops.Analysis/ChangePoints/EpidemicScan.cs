namespace Aiops.Analysis.ChangePoints;

/// <summary>The stretch of a window that departs most, upwards, from what is usual: where it begins, ends, and how strongly.</summary>
/// <param name="First">Index of its first sample: the onset.</param>
/// <param name="Last">Index of its last sample.</param>
/// <param name="Strength">Sum of its scores over the root of its length: a standard normal for one fixed stretch of white noise.</param>
/// <param name="Mean">Its mean score.</param>
public readonly record struct EpidemicStretch(int First, int Last, double Strength, double Mean);

/// <summary>
/// Looks for an epidemic change: a mean that rises at an unknown time and may fall back at another [Levin1985].
/// </summary>
/// <remarks>
/// The likelihood-ratio scan with a known usual mean (0) and spread (1), over every stretch. Departures from the paper:
/// the usual level is given by a longer baseline rather than estimated from the window, and no critical value is derived,
/// for samples are neither normal nor independent; the caller compares with the same scan over the baseline.
/// O(n²) for n samples of a window.
/// [Levin1985] B. Levin, J. Kline: The cusum test of homogeneity with an application in spontaneous abortion
/// epidemiology, Statistics in Medicine 4 (1985).
/// </remarks>
public static class EpidemicScan
{
    /// <param name="scores">Standardized samples in order of time; not empty.</param>
    public static EpidemicStretch Find(ReadOnlySpan<double> scores)
    {
        var best = new EpidemicStretch(0, 0, double.NegativeInfinity, 0);
        for (var first = 0; first < scores.Length; first++)
        {
            var sum = 0.0;
            for (var last = first; last < scores.Length; last++)
            {
                sum += scores[last];
                var length = last - first + 1;
                var strength = sum / Math.Sqrt(length);
                if (strength > best.Strength)
                {
                    best = new EpidemicStretch(first, last, strength, sum / length);
                }
            }
        }

        return best;
    }
}
