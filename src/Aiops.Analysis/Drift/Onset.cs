using Aiops.Analysis.ChangePoints;

namespace Aiops.Analysis.Drift;

/// <summary>Where a change of level began, as indices of a regime: ends included.</summary>
internal readonly record struct Onset(int Index, int Earliest, int Latest, bool IsGradual)
{
    private const double Confidence = 0.95;

    /// <summary>
    /// Where the change that was found began: a jump [Hinkley1970], or the foot of a climb where a broken line [Hinkley1971]
    /// leaves less unexplained than two levels do; with all places that the likelihood ratio doesn't turn down.
    /// </summary>
    /// <remarks>
    /// O(n), once for each change. A place is possible as a jump or as a foot; the critical value is a jump's, for want of a
    /// better
    /// one.
    /// [Hinkley1970] D. V. Hinkley: Inference about the change-point in a sequence of random variables, Biometrika 57 (1970).
    /// [Hinkley1971] D. V. Hinkley: Inference in Two-Phase Regression, JASA 66 (1971).
    /// </remarks>
    public static Onset Of(Regime regime, Comparison found)
    {
        var (jumps, climbs) = Explained(regime);
        var from = Math.Max(0, Regime.FewestBefore - regime.FirstKept);
        var end = jumps.Length - ShiftScan.Shortest + 1;
        var (jump, climb) = (HighestOf(jumps, from, end), HighestOf(climbs, from, end));
        var isGradual = climbs[climb] > jumps[jump];
        var index = isGradual ? climb : jump;
        var noise = regime.VarianceBefore(found.Split, regime.Count - found.Split);
        var least = Math.Max(jumps[jump], climbs[climb]) - (ShiftLocation.Drop(Confidence) * noise);
        var (earliest, latest) = (index, index);
        for (var i = from; i < end; i++)
        {
            var isPossible = Math.Max(jumps[i], climbs[i]) >= least;
            earliest = i < earliest && isPossible ? i : earliest;
            latest = i > latest && isPossible ? i : latest;
        }

        return new Onset(index + regime.FirstKept, earliest + regime.FirstKept, latest + regime.FirstKept, isGradual);
    }

    /// <summary>By how much a jump, and a climb, that begins at each measurement lessens the sum of squares.</summary>
    private static (double[] Jumps, double[] Climbs) Explained(Regime regime)
    {
        var count = regime.Count - regime.FirstKept;
        var scores = new double[count];
        for (var i = 0; i < count; i++)
        {
            scores[i] = regime.ScoreOf(regime[regime.FirstKept + i].Value);
        }

        var mean = scores.Sum() / count;
        var (jumps, climbs) = (new double[count], new double[count]);
        var (tail, weighted) = (0.0, 0.0); // Of centred scores from i on: their sum, and with weights 1, 2, 3, … from i.
        for (var i = count - 1; i > 0; i--)
        {
            tail += scores[i] - mean;
            weighted += tail;
            var after = (double)(count - i);
            var sum = after * (after + 1) / 2;
            jumps[i] = tail * tail * count / (after * i);
            climbs[i] = weighted * weighted / ((sum * ((2 * after) + 1) / 3) - (sum * sum / count));
        }

        return (jumps, climbs);
    }

    private static int HighestOf(double[] values, int from, int end)
    {
        var best = from;
        for (var i = from; i < end; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
