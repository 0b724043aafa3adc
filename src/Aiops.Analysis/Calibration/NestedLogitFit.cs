namespace Aiops.Analysis.Calibration;

/// <summary>Fits a <see cref="NestedLogit"/> to rankings whose true cause is known: the most probable parameters, given a prior.</summary>
/// <remarks>
/// The likelihood is that of what a reader is told: none of them, the first suspect, or another one. Which other one isn't
/// asked, for a cause that the ranking has buried says little about the odds at its top. So it falls into two: a logistic
/// regression for the outer choice, and one dimension for the inner.
/// </remarks>
public static class NestedLogitFit
{
    private const double LeastSharpness = 0.05; // A ranking worse than chance is still not turned round.
    private const double MostSharpness = 50;
    private const double LeastSlope = 0.05;
    private const int Halvings = 60;

    /// <param name="cases">In any order, up to rounding. Few of them move the prior little.</param>
    /// <param name="deviation">The prior's standard deviation, the same for each parameter.</param>
    public static NestedLogit Fit(IReadOnlyList<KnownRanking> cases, NestedLogit prior, double deviation)
    {
        var outer = Logistic.Fit(
            [.. cases.Select(one => (NestedLogit.Design(one.Ranking), one.Cause is not null))],
            [prior.Level, prior.Slope, prior.Unseen], deviation, NestedLogit.LeastAny, NestedLogit.MostAny);
        return new NestedLogit(Sharpness(cases, prior.Sharpness, deviation), outer[0], Math.Max(LeastSlope, outer[1]), outer[2]);
    }

    /// <summary>By golden section, in the logarithm.</summary>
    private static double Sharpness(IReadOnlyList<KnownRanking> cases, double prior, double deviation)
    {
        List<(IReadOnlyList<double> Scores, double FirstIsRight)> among = [.. cases.Where(one => one.Cause is not null).Select(one => (one.Ranking.Scores, one.FirstIsRight))];
        double At(double logarithm)
        {
            var sharpness = Math.Exp(logarithm);
            var z = (sharpness - prior) / deviation;
            var sum = -z * z / 2;
            foreach (var (scores, right) in among.Where(one => one.Scores.Count > 1)) // A single suspect is right at any sharpness.
            {
                var shares = NestedLogit.Shares(scores, sharpness);
                var others = shares.Skip(1).Sum(); // Not 1 - first, which would round to 0.
                sum += (right * Math.Log(shares[0])) + ((1 - right) * Math.Log(Math.Max(others, double.Epsilon)));
            }

            return sum;
        }

        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(LeastSharpness), Math.Log(MostSharpness));
        var (one, other) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (atOne, atOther) = (At(one), At(other));
        for (var i = 0; i < Halvings; i++)
        {
            if (atOne >= atOther)
            {
                (high, other, atOther) = (other, one, atOne);
                one = high - (golden * (high - low));
                atOne = At(one);
            }
            else
            {
                (low, one, atOne) = (one, other, atOther);
                other = low + (golden * (high - low));
                atOther = At(other);
            }
        }

        return Math.Exp((low + high) / 2);
    }
}

/// <summary>A ranking, and what turned out to be true.</summary>
/// <param name="Cause">The cause's place in <see cref="RankingFeatures.Scores"/>, best first; null when it was none of them.</param>
public readonly record struct KnownRanking(RankingFeatures Ranking, int? Cause)
{
    private const double Tie = 1e-9;

    /// <summary>1 when the first suspect is the cause, else 0; where several tie for first and one of them is it, the share of their orders.</summary>
    public double FirstIsRight
    {
        get
        {
            var first = Ranking.Scores[0] - Tie;
            return Cause is { } cause && Ranking.Scores[cause] > first ? 1.0 / Ranking.Scores.Count(score => score > first) : 0;
        }
    }
}
