namespace Aiops.Analysis.Calibration;

/// <summary>
/// Luce's choice rule [Luce1959]: each suspect is chosen in proportion to a power of its evidence. Its parameters are fitted
/// as a conditional logit [McFadden1974] by <see cref="LuceChoiceFit"/>, which is what calibrates it.
/// </summary>
/// <remarks>
/// A suspect's share is (1 + score)^exponent, and that of "none" e^(none + unseen × unseen share). Beside the temperature
/// scaling of [Guo2017], which would take e^(score × exponent), the power makes confidence follow the ratio of two scores
/// rather than their difference: findings about one fault repeat each other, so sums of twenty nats are no surer than sums
/// of four. Below a score of 0 it goes on as e^(score × exponent), with the same slope.
/// Deviation: <see cref="OutsideShare"/> goes to "none" before anything is shared out, so nothing is ever certain.
/// The sums run from the best suspect down.
/// [Luce1959] R. D. Luce: Individual Choice Behavior, Wiley 1959.
/// [McFadden1974] D. McFadden: Conditional logit analysis of qualitative choice behavior, in Frontiers in Econometrics, 1974.
/// [Guo2017] C. Guo et al.: On Calibration of Modern Neural Networks, ICML 2017.
/// </remarks>
/// <param name="Exponent">Positive: how much sharper the choice is than the evidence's own proportions.</param>
/// <param name="None">The logarithm of the weight of "none of them" when every component is seen.</param>
/// <param name="Unseen">What is added to it when no component is seen.</param>
public sealed record LuceChoice(double Exponent, double None, double Unseen)
{
    public const double OutsideShare = 0.02; // One incident in fifty has a cause that no telemetry could show.

    /// <summary>The parameters' number, and their order wherever they form a vector.</summary>
    internal const int Parameters = 3;

    internal double[] ToVector() => [Exponent, None, Unseen];

    internal static LuceChoice Of(ReadOnlySpan<double> vector) => new(vector[0], vector[1], vector[2]);

    /// <param name="ranking">At least one score; may be given in any order, and is answered in the same.</param>
    public ChoiceProbabilities Judge(RankingFeatures ranking)
    {
        var shares = new double[ranking.Scores.Count + 1]; // The last is "none".
        Shares(ranking, shares);
        var suspects = new double[ranking.Scores.Count];
        for (var i = 0; i < suspects.Length; i++)
        {
            suspects[i] = (1 - OutsideShare) * shares[i];
        }

        return new ChoiceProbabilities(suspects, OutsideShare + ((1 - OutsideShare) * shares[^1]));
    }

    /// <summary>The logarithm of what a suspect's evidence counts before the exponent: 0 for none at all.</summary>
    internal static double Evidence(double score) => score < 0 ? score : Math.Log(1 + score);

    /// <summary>Fills in the softmax over suspects and none, before the outside share.</summary>
    internal void Shares(RankingFeatures ranking, Span<double> shares)
    {
        var scores = ranking.Scores;
        shares[^1] = None + (Unseen * ranking.UnseenShare);
        var most = shares[^1];
        for (var i = 0; i < scores.Count; i++)
        {
            shares[i] = Exponent * Evidence(scores[i]);
            most = Math.Max(most, shares[i]);
        }

        var total = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            total += shares[i] = Math.Exp(shares[i] - most);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= total;
        }
    }
}
