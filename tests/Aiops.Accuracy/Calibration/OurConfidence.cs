
namespace Aiops.Accuracy.Calibration;

/// <summary>The engine's own confidence, its parameters fitted anew from a prior.</summary>
internal sealed class OurConfidence(NestedLogit prior, double deviation) : IConfidenceMethod
{
    /// <summary>How far labelled incidents may move a parameter from where simulated ones put it, as a standard deviation.</summary>
    /// <remarks>
    /// Narrower, the labelled cases aren't heard; wider, a cause that is left out moves the level for all of its cases. The
    /// optimum is flat: from 1 to 3 the skill on causes left out changes by .06, which is what one case more or less does.
    /// </remarks>
    public const double PriorDeviation = 1.5;

    private const double Wide = 10; // Leaves thousands of cases to say what they say.

    /// <summary>From thousands of cases, which need no prior but a start.</summary>
    public static OurConfidence FromScratch { get; } = new(new NestedLogit(1, 0, 0, 1, 0), Wide);

    public string Name => "ours";

    public bool IsProbability => true;

    public NestedLogit Parameters(IReadOnlyList<JudgedRanking> known) => NestedLogitFit.Fit([.. known.Select(one => one.Known)], prior, deviation);

    public Func<RankingFeatures, double> Fit(IReadOnlyList<JudgedRanking> known)
    {
        var choice = Parameters(known);
        return ranking => choice.Judge(ranking).Suspects[0];
    }
}
