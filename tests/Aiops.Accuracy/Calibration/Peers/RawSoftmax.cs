
namespace Aiops.Accuracy.Calibration.Peers;

/// <summary>The softmax of the scores with "none" at the engine's own threshold, and 5 % kept for the unseen: nothing is fitted.</summary>
internal sealed class RawSoftmax : IConfidenceMethod
{
    private const double OutsideShare = 0.05;

    public string Name => "raw softmax";

    public bool IsProbability => true;

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known) => ranking =>
    {
        var most = Math.Max(ranking.NoneScore, ranking.Scores[0]);
        var total = Math.Exp(ranking.NoneScore - most) + ranking.Scores.Sum(score => Math.Exp(score - most));
        return (1 - OutsideShare) * Math.Exp(ranking.Scores[0] - most) / total;
    };
}
