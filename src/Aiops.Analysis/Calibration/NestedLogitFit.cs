namespace Aiops.Analysis.Calibration;

/// <summary>Fits a <see cref="NestedLogit"/> to rankings whose true cause is known: the most probable parameters, given a prior.</summary>
/// <remarks>
/// The likelihood is that of what a reader is told: none of them, the first suspect, or another one. Which other one isn't
/// asked, for a cause that the ranking has buried says little about the odds at its top. So it falls into two: a logistic
/// regression for the outer choice, and for the inner the sharpness by golden section, with the best lead for each.
/// </remarks>
public static class NestedLogitFit
{
    private const double LeastSharpness = 0.05; // A ranking worse than chance is still not turned round.
    private const double MostSharpness = 50;
    private const double LeastSlope = 0.05;
    private const int Narrowings = 45;          // Of the golden section: to nine digits.

    /// <param name="cases">In any order, up to rounding. Few of them move the prior little.</param>
    /// <param name="deviation">The prior's standard deviation, the same for each parameter.</param>
    public static NestedLogit Fit(IReadOnlyList<KnownRanking> cases, NestedLogit prior, double deviation)
    {
        double[] Outer(bool withUnseen) => Logistic.Fit(
            [.. cases.Select(one => (DesignOf(one, withUnseen), one.Cause is not null))],
            [prior.Level, prior.Slope, Math.Min(0, prior.Unseen)], deviation, NestedLogit.LeastAny, NestedLogit.MostAny);
        var outer = Outer(withUnseen: true);
        outer = outer[2] > 0 ? Outer(withUnseen: false) : outer; // Seeing less is never a reason to be surer, whatever chance says.
        var among = cases.Where(one => one.Cause is not null).ToList();
        (double Value, double Lead) At(double logarithm)
        {
            var sharpness = Math.Exp(logarithm);
            var lead = BestLead(among, sharpness, prior.Lead, deviation);
            return (lead.Value - (Square((sharpness - prior.Sharpness) / deviation) / 2), lead.Lead);
        }

        var best = GoldenSection(Math.Log(LeastSharpness), Math.Log(MostSharpness), logarithm => At(logarithm).Value);
        return new NestedLogit(Math.Exp(best), At(best).Lead, outer[0], Math.Max(LeastSlope, outer[1]), outer[2]);
    }

    private static double[] DesignOf(KnownRanking one, bool withUnseen)
    {
        var design = NestedLogit.Design(one.Ranking);
        design[2] = withUnseen ? design[2] : 0;
        return design;
    }

    /// <summary>The lead of the greatest posterior at this sharpness, and its logarithm up to a constant. It is concave, so Newton finds it.</summary>
    private static (double Value, double Lead) BestLead(List<KnownRanking> among, double sharpness, double prior, double deviation)
    {
        List<(double Odds, bool Right)> cases = [];
        foreach (var one in among)
        {
            if (NestedLogit.FirstOdds(one.Ranking.Scores, sharpness) is { } odds)
            {
                cases.Add((odds, one.FirstIsRight > 0));
            }
        }

        var lead = Math.Max(0, Logistic.FitOffset(cases, prior, deviation));
        var value = -Square((lead - prior) / deviation) / 2;
        foreach (var (odds, right) in cases)
        {
            value -= Logistic.Softplus(right ? -(odds + lead) : odds + lead);
        }

        return (value, lead);
    }

    private static double GoldenSection(double low, double high, Func<double, double> of)
    {
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
        var (atLeft, atRight) = (of(left), of(right));
        for (var i = 0; i < Narrowings; i++)
        {
            if (atLeft >= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = of(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = of(right);
            }
        }

        return (low + high) / 2;
    }

    private static double Square(double x) => x * x;
}
