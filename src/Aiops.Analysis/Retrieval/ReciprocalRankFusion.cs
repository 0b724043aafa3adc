namespace Aiops.Analysis.Retrieval;

/// <summary>Makes one ranking of several that can't be compared by their scores.</summary>
/// <remarks>
/// [Cormack2009]: G. V. Cormack, C. L. A. Clarke and S. Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual
/// Rank Learning Methods", SIGIR 2009. Each ranking gives 1 / (k + rank), with k = 60 as there.
/// </remarks>
public static class ReciprocalRankFusion
{
    public const int K = 60;

    /// <param name="rankings">Each the best first, without repeats.</param>
    /// <returns>All that are in any, the best first; of equally good ones the lower first.</returns>
    public static IReadOnlyList<ScoredText> Fuse(params IReadOnlyList<IReadOnlyList<int>> rankings)
    {
        Dictionary<int, double> scores = [];
        foreach (var ranking in rankings)
        {
            for (var rank = 1; rank <= ranking.Count; rank++)
            {
                scores[ranking[rank - 1]] = scores.GetValueOrDefault(ranking[rank - 1]) + (1.0 / (K + rank));
            }
        }

        return [.. scores.Select(one => new ScoredText(one.Key, one.Value)).OrderByDescending(one => one.Score).ThenBy(one => one.Text)];
    }
}
