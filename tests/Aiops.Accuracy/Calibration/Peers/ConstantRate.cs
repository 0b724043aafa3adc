
namespace Aiops.Accuracy.Calibration.Peers;

/// <summary>The share of right answers among known cases, whatever the ranking.</summary>
internal sealed class ConstantRate : IConfidenceMethod
{
    public string Name => "constant base rate";

    public bool IsProbability => true;

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
    {
        var rate = LeaveOneCauseOut.BaseRateOf(known);
        return _ => rate;
    }
}
