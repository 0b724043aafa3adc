
namespace Aiops.Accuracy.Calibration.Peers;

/// <summary>
/// A logistic regression on the distance between the first two scores alone, fitted as [Platt1999] fits it. A single suspect's
/// margin is its score.
/// </summary>
/// <remarks>[Platt1999] J. Platt: Probabilistic Outputs for Support Vector Machines, in Advances in Large Margin Classifiers, 1999.</remarks>
internal sealed class MarginLogistic : IConfidenceMethod
{
    private const int Steps = 50;
    private const double Ridge = 0.01; // Keeps separable cases finite.

    public string Name => "margin logistic";

    public bool IsProbability => true;

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
    {
        var (intercept, slope) = (0.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            var (g0, g1) = (-Ridge * intercept, -Ridge * slope);
            var (h00, h01, h11) = (Ridge, 0.0, Ridge);
            foreach (var one in known)
            {
                var margin = MarginOf(one.Features);
                var p = Sigmoid(intercept + (slope * margin));
                var curvature = p * (1 - p);
                (g0, g1) = (g0 + one.FirstIsRight - p, g1 + ((one.FirstIsRight - p) * margin));
                (h00, h01, h11) = (h00 + curvature, h01 + (curvature * margin), h11 + (curvature * margin * margin));
            }

            var determinant = (h00 * h11) - (h01 * h01);
            intercept += Math.Clamp(((h11 * g0) - (h01 * g1)) / determinant, -1, 1);
            slope += Math.Clamp(((h00 * g1) - (h01 * g0)) / determinant, -1, 1);
        }

        return ranking => Sigmoid(intercept + (slope * MarginOf(ranking)));
    }

    private static double MarginOf(RankingFeatures ranking) => ranking.Scores[0] - (ranking.Scores.Count > 1 ? ranking.Scores[1] : 0);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
