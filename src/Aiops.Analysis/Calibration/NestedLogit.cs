namespace Aiops.Analysis.Calibration;

/// <summary>
/// Two choices, one within the other [McFadden1978]: is the cause anything that departed, and if so, what? The second is
/// Luce's rule [Luce1959], each suspect in proportion to a power of its evidence. <see cref="NestedLogitFit"/> calibrates it.
/// </summary>
/// <remarks>
/// Temperature scaling [Guo2017] would take the difference of two scores for log odds. The power makes it their ratio:
/// findings about one fault repeat each other, so fourteen nats against twelve are no surer than seven against six.
/// Being first is worth something of its own, since scores that err alike keep their order.
/// Deviations: the outer choice looks at the best score in place of the inclusive value of all, so that each choice is
/// fitted by itself and another weak suspect never makes a fault likelier; and its probability stays between
/// <see cref="LeastAny"/> and <see cref="MostAny"/>, so nothing is ever certain. Sums run in the order of the scores.
/// [McFadden1978] D. McFadden: Modelling the Choice of Residential Location, in Spatial Interaction Theory, 1978.
/// [Luce1959] R. D. Luce: Individual Choice Behavior, Wiley 1959.
/// [Guo2017] C. Guo et al.: On Calibration of Modern Neural Networks, ICML 2017.
/// </remarks>
/// <param name="Sharpness">Positive: the power of the evidence in which suspects share.</param>
/// <param name="Lead">Not negative: what being first is worth beside the scores, in log odds. Suspects that tie for first all have it.</param>
/// <param name="Level">Log odds that the cause is among them when the best has a single finding at the threshold of significance.</param>
/// <param name="Slope">Positive: what a factor of e in the best suspect's evidence adds to them.</param>
/// <param name="Unseen">Not positive: what is added to them when no component is seen.</param>
public sealed record NestedLogit(double Sharpness, double Lead, double Level, double Slope, double Unseen)
{
    public const double LeastAny = 0.01;
    public const double MostAny = 0.98; // One incident in fifty has a cause that no telemetry could show.

    internal const double Tie = 1e-9;

    private const double Least = 0.1; // Nats: far below one finding, ratios of scores say nothing any more.
    private const double FarthestOdds = 500; // Where e^x is still a number.

    /// <param name="ranking">At least one score.</param>
    public ChoiceProbabilities Judge(RankingFeatures ranking)
    {
        var any = LeastAny + ((MostAny - LeastAny) * Logistic.Sigmoid(LogOdds(ranking)));
        var suspects = Shares(ranking.Scores);
        for (var i = 0; i < suspects.Length; i++)
        {
            suspects[i] *= any;
        }

        return new ChoiceProbabilities(suspects, 1 - any);
    }

    /// <summary>
    /// Log odds that the cause is among those that tie for first, given that it is a suspect, before <see cref="Lead"/>; null
    /// when there is nobody else.
    /// </summary>
    internal static double? FirstOdds(IReadOnlyList<double> scores, double sharpness)
    {
        var most = scores.Max();
        var (first, others) = (0, 0.0);
        foreach (var score in scores)
        {
            if (score > most - Tie)
            {
                first++;
            }
            else
            {
                others += Math.Exp(sharpness * (Evidence(score) - Evidence(most)));
            }
        }

        return first == scores.Count ? null : Math.Min(FarthestOdds, Math.Log(first) - Math.Log(others));
    }

    /// <summary>What <see cref="Level"/>, <see cref="Slope"/> and <see cref="Unseen"/> are multiplied by.</summary>
    internal static double[] Design(RankingFeatures ranking) => [1, Evidence(ranking.Scores.Max()), ranking.UnseenShare];

    /// <summary>The logarithm of the evidence, 0 for one finding at the threshold. Below no evidence it goes on straight, with the same slope.</summary>
    private static double Evidence(double score)
        => (score < 0 ? score / Least : Math.Log(1 + (score / Least))) - Math.Log(1 + (1 / Least));

    /// <summary>How probable each suspect is when it is one of them.</summary>
    private double[] Shares(IReadOnlyList<double> scores)
    {
        var most = scores.Max();
        var shares = new double[scores.Count];
        var total = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            var distance = Sharpness * (Evidence(scores[i]) - Evidence(most));
            total += shares[i] = Math.Exp(scores[i] > most - Tie ? distance : distance - Lead);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= total;
        }

        return shares;
    }

    private double LogOdds(RankingFeatures ranking)
    {
        var design = Design(ranking);
        return (Level * design[0]) + (Slope * design[1]) + (Unseen * design[2]);
    }
}
