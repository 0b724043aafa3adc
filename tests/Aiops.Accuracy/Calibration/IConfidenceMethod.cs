
namespace Aiops.Accuracy.Calibration;

/// <summary>A way to say how surely the first suspect is the cause: ours, or a peer's.</summary>
internal interface IConfidenceMethod
{
    string Name { get; }

    /// <summary>Whether it states probabilities; else only its order can be judged.</summary>
    bool IsProbability { get; }

    /// <summary>Learns from cases whose cause is known, and answers what it says of others.</summary>
    Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known);
}
