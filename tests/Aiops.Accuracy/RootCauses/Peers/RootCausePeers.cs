namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>The methods that people would otherwise pick, as their authors run them.</summary>
internal static class RootCausePeers
{
    public static IReadOnlyList<IRootCauseMethod> All { get; } =
        [new RankedCorrelation(), new AnomalyTraversal(), new BaroRobustScorer(), new MaxZScore()];
}
