using Aiops.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.ChangePoints;

/// <summary>The epidemic scan as its definition has it: every stretch is tried, O(n²).</summary>
internal static class EveryStretch
{
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
                best = strength > best.Strength ? new EpidemicStretch(first, last, strength, sum / length) : best;
            }
        }

        return best;
    }
}
