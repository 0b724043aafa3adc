namespace Aiops.Analysis.Calibration;

/// <summary>A ranking, and what turned out to be true.</summary>
/// <param name="Cause">The cause's place in <see cref="RankingFeatures.Scores"/>, best first; null when it was none of them.</param>
public readonly record struct KnownRanking(RankingFeatures Ranking, int? Cause)
{
    /// <summary>1 when the first suspect is the cause, else 0; where several tie for first and one of them is it, the share of their orders.</summary>
    public double FirstIsRight
    {
        get
        {
            var first = Ranking.Scores[0] - NestedLogit.Tie;
            return Cause is { } cause && Ranking.Scores[cause] > first ? 1.0 / Ranking.Scores.Count(score => score > first) : 0;
        }
    }
}
