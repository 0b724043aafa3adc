using Aiops.Analysis.Calibration;
using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.Calibration;

/// <summary>One ranking of the engine, and where in it the true cause stands.</summary>
/// <param name="Set">Where it is from: <c>petshop</c>, <c>nezha</c>, <c>simulated</c>.</param>
/// <param name="Cause">The true cause; null where there was no fault.</param>
/// <param name="At">Its place among what departed; null when it isn't there, or isn't at all.</param>
/// <param name="FirstIsRight">Whether the first suspect is the cause: 1 or 0, or the share of orders among ties.</param>
internal sealed record JudgedRanking(string Set, string? Cause, RankingFeatures Features, int? At, double FirstIsRight)
{
    private const double Tie = 1e-9;

    /// <returns>Null when nothing departed: then there is no suspect whose probability could be asked.</returns>
    public static JudgedRanking? Of(string set, string? cause, RootCauseRanking ranking)
    {
        if (ranking.Features is not { } features)
        {
            return null;
        }

        var at = -1;
        for (var i = 0; i < ranking.Departed.Count && at < 0; i++)
        {
            at = ranking.Departed[i] == cause ? i : -1;
        }

        var first = features.Scores.Count(score => score > features.Scores[0] - Tie);
        return new JudgedRanking(set, cause, features, at < 0 ? null : at, at >= 0 && at < first ? 1.0 / first : 0);
    }

    public KnownRanking Known => new(Features, At);
}
