using Aiops.Analysis.Calibration;

namespace Aiops.Accuracy.Calibration;

/// <summary>The engine's own confidence, its parameters fitted anew from a prior.</summary>
internal sealed class OurConfidence(LuceChoice prior, double deviation) : IConfidenceMethod
{
    /// <summary>How far labelled incidents may move a parameter from where simulated ones put it, as a standard deviation.</summary>
    /// <remarks>Between 0.7 and 1.5 the figures hardly change; without the prior, a cause left out takes a third of the cases with it.</remarks>
    public const double PriorDeviation = 1;

    private const double Wide = 10; // Leaves thousands of cases to say what they say.

    /// <summary>From thousands of cases, which need no prior but a start.</summary>
    public static OurConfidence FromScratch { get; } = new(new LuceChoice(1, 1, 0), Wide);

    public string Name => "ours";

    public bool IsProbability => true;

    public LuceChoice Parameters(IReadOnlyList<JudgedRanking> known) => LuceChoiceFit.Fit([.. known.Select(one => one.Known)], prior, deviation);

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
    {
        var choice = Parameters(known);
        return ranking => choice.Judge(ranking).Suspects[0];
    }
}
