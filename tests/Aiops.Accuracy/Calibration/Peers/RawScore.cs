
namespace Aiops.Accuracy.Calibration.Peers;

/// <summary>The first suspect's score as it is.</summary>
internal sealed class RawScore : IConfidenceMethod
{
    public string Name => "raw score";

    public bool IsProbability => false;

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known) => ranking => ranking.Scores[0];
}
