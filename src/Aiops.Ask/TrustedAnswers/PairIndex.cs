using Aiops.Analysis.Retrieval;
using Aiops.Ask.Catalogue;

namespace Aiops.Ask.TrustedAnswers;

/// <summary>Finds the trusted pairs whose question is like one that is asked.</summary>
/// <remarks>
/// Likeness is Dice's coefficient over terms weighted by their rarity among all wordings: 1 for the same words, 0 for none in
/// common; a word that no pair has weighs most. Examples for a model are ranked by it and by BM25 together.
/// </remarks>
public sealed class PairIndex
{
    /// <summary>From here on a pair answers without a model.</summary>
    public const double LikeEnough = 0.7;

    // In the wordings of pairs with a place for a service, this one stands for any.
    private const string SampleService = "checkout";

    private readonly QuestionTerms terms;
    private readonly List<(TrustedPair Pair, IReadOnlyList<string> Terms, IReadOnlySet<string> Turns)> wordings;
    private readonly Dictionary<string, double> rarity;
    private readonly double rarest;
    private readonly Bm25Index index;

    public PairIndex(KnowledgeLibrary knowledge)
    {
        terms = new QuestionTerms(knowledge.Terms);
        wordings = [.. knowledge.Pairs.SelectMany(pair => pair.Wordings.Select(wording =>
        {
            var cut = terms.Of(wording, pair.Parameters.Contains("service") ? [SampleService] : []);
            return (pair, cut.Terms, cut.Turns);
        }))];
        rarest = Math.Log(wordings.Count + 1.0);
        rarity = wordings.SelectMany(wording => wording.Terms.Distinct()).CountBy(term => term)
            .ToDictionary(term => term.Key, term => Math.Log((wordings.Count + 1.0) / term.Value) + 0.1);
        index = new Bm25Index(wordings.Select(wording => wording.Terms));
    }

    /// <summary>The pairs most like the question, each once, the best first; and the service that it names.</summary>
    public (IReadOnlyList<LikePair> Pairs, string? Service) Find(string question, IReadOnlyList<string> services, int most)
    {
        var (asked, turns, service) = terms.Of(question, services);
        var likeness = wordings.Select(wording => Likeness(asked, turns, wording.Terms, wording.Turns)).ToList();
        var byLikeness = Enumerable.Range(0, wordings.Count).Where(i => likeness[i] > 0).OrderByDescending(i => likeness[i]).ThenBy(i => i).Take(50).ToList();
        var byWords = index.Search(asked, 50).Select(hit => hit.Text).ToList();
        var best = byLikeness.Concat(byWords).GroupBy(i => wordings[i].Pair).ToDictionary(group => group.Key, group => group.Max(i => likeness[i]));
        return (
            [.. ReciprocalRankFusion.Fuse(byLikeness, byWords).Select(hit => wordings[hit.Text].Pair).Distinct().Select(pair => new LikePair(pair, best[pair])).Take(most)],
            service);
    }

    private double Likeness(IReadOnlyList<string> asked, IReadOnlySet<string> askedTurns, IReadOnlyList<string> wording, IReadOnlySet<string> wordingTurns)
    {
        if (!askedTurns.SetEquals(wordingTurns))
        {
            return 0;
        }

        var (mine, theirs) = (asked.ToHashSet(StringComparer.Ordinal), wording.ToHashSet(StringComparer.Ordinal));
        var all = mine.Sum(Weight) + theirs.Sum(Weight);
        return all == 0 ? 0 : 2 * mine.Where(theirs.Contains).Sum(Weight) / all;
    }

    // The order of words says less than the words.
    private double Weight(string term) => (term.Contains('>', StringComparison.Ordinal) ? 0.25 : 1) * rarity.GetValueOrDefault(term, rarest);
}

/// <param name="Likeness">0 to 1.</param>
public sealed record LikePair(TrustedPair Pair, double Likeness);
