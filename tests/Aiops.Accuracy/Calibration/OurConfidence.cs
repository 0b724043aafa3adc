using Aiops.Analysis.Calibration;

namespace Aiops.Accuracy.Calibration;

/// <summary>The engine's own confidence, its parameters fitted anew from a prior.</summary>
internal sealed class OurConfidence(NestedLogit prior, double deviation) : IConfidenceMethod
{
    /// <summary>How far labelled incidents may move a parameter from where simulated ones put it, as a standard deviation.</summary>
    /// <remarks>From 1 to 4 the figures stay as they are; below, the labelled cases aren't heard; above, one cause of many cases is all.</remarks>
    public const double PriorDeviation = 1;

    private const double Wide = 10; // Leaves thousands of cases to say what they say.

    /// <summary>From thousands of cases, which need no prior but a start.</summary>
    public static OurConfidence FromScratch { get; } = new(new NestedLogit(1, 0, 1, 0), Wide);

    public string Name => "ours";

    public bool IsProbability => true;

    public NestedLogit Parameters(IReadOnlyList<JudgedRanking> known) => NestedLogitFit.Fit([.. known.Select(one => one.Known)], prior, deviation);

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
    {
        var choice = Parameters(known);
        return ranking => choice.Judge(ranking).Suspects[0];
    }
}
