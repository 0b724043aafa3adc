namespace Aiops.Analysis.Calibration;

/// <summary>What a ranking shows of itself: all that its confidence may depend on, so nothing by name.</summary>
public sealed record RankingFeatures
{
    /// <summary>The evidence for each component that departed, net, in nats; the best first, also where nobody is named.</summary>
    public required IReadOnlyList<double> Scores { get; init; }

    /// <summary>What the engine sets against them before it names anybody, in nats.</summary>
    public required double NoneScore { get; init; }

    /// <summary>The share of known components that sent nothing which could be judged, 0 to 1: the cause may be one of them.</summary>
    public double UnseenShare { get; init; }
}
