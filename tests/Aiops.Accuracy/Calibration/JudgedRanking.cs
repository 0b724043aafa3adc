using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.Calibration;

/// <summary>One ranking of the engine, beside the truth.</summary>
/// <param name="Set">Where it is from: <c>petshop</c>, <c>nezha</c>, <c>simulated</c>.</param>
/// <param name="Cause">The true cause; null where there was no fault.</param>
/// <param name="Known">The ranking, and where in it the cause stands.</param>
internal sealed record JudgedRanking(string Set, string? Cause, KnownRanking Known)
{
    public RankingFeatures Features => Known.Ranking;

    public double FirstIsRight => Known.FirstIsRight;

    /// <returns>Null when nothing departed: then there is no suspect whose probability could be asked.</returns>
    public static JudgedRanking? Of(string set, string? cause, RootCauseRanking ranking)
    {
        if (ranking.Features is not { } features)
        {
            return null;
        }

        var at = ranking.Departed.ToList().FindIndex(component => component == cause);
        return new JudgedRanking(set, cause, new KnownRanking(features, at < 0 ? null : at));
    }
}
