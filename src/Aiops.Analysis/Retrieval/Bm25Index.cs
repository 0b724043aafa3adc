using System.Runtime.InteropServices;

namespace Aiops.Analysis.Retrieval;

/// <summary>Which of many texts speak of what is asked, by their words.</summary>
/// <remarks>
/// <para>Okapi BM25 [Robertson2009]: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// Foundations and Trends in Information Retrieval 3(4), 2009, with k1 = 1.2 and b = 0.75 as is usual. The inverse document
/// frequency is ln(1 + (N − n + ½) / (n + ½)), which a term in every text doesn't turn negative.</para>
/// <para>Immutable once built, so that searches may run side by side. Equal scores are in the order in which texts were given.</para>
/// </remarks>
public sealed class Bm25Index
{
    public const double K1 = 1.2;
    public const double B = 0.75;

    private readonly Dictionary<string, List<Posting>> postings = new(StringComparer.Ordinal);
    private readonly int[] lengths;
    private readonly double meanLength;

    /// <param name="texts">The terms of each text; a text is known by its place among them from then on.</param>
    public Bm25Index(IEnumerable<IReadOnlyList<string>> texts)
    {
        List<int> counted = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var terms in texts)
        {
            counts.Clear();
            foreach (var term in terms)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
            }

            foreach (var (term, count) in counts)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(postings, term, out _) ??= []).Add(new Posting(counted.Count, count));
            }

            counted.Add(terms.Count);
        }

        lengths = [.. counted];
        meanLength = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
    }

    public int Count => lengths.Length;

    /// <summary>Texts that have a term of the query, the best first.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="among">Which texts are meant; null for all.</param>
    public IReadOnlyList<ScoredText> Search(IEnumerable<string> query, int most, Predicate<int>? among = null)
    {
        var scores = new double[lengths.Length];
        foreach (var term in query.Distinct(StringComparer.Ordinal))
        {
            if (!postings.TryGetValue(term, out var found))
            {
                continue;
            }

            var rarity = RarityOf(found.Count);
            foreach (var posting in found)
            {
                scores[posting.Text] += rarity * Saturation(posting);
            }
        }

        for (var text = 0; among is not null && text < scores.Length; text++)
        {
            scores[text] = scores[text] > 0 && among(text) ? scores[text] : 0;
        }

        return TopScores.Of(scores, most);
    }

    /// <summary>What each of the query's terms gave to a text's score, the most first: why it was found.</summary>
    public IReadOnlyList<(string Term, double Score)> Explain(int text, IEnumerable<string> query) => [.. query.Distinct(StringComparer.Ordinal)
        .Select(term => (Term: term, Score: ScoreOf(text, term)))
        .Where(one => one.Score > 0)
        .OrderByDescending(one => one.Score)
        .ThenBy(one => one.Term, StringComparer.Ordinal)];

    private double ScoreOf(int text, string term)
    {
        if (!postings.TryGetValue(term, out var found))
        {
            return 0;
        }

        var at = found.BinarySearch(new Posting(text, 0), ByText); // Texts were added in order.
        return at < 0 ? 0 : RarityOf(found.Count) * Saturation(found[at]);
    }

    private static readonly Comparer<Posting> ByText = Comparer<Posting>.Create((one, other) => one.Text.CompareTo(other.Text));

    private double RarityOf(int texts) => Math.Log(1 + ((lengths.Length - texts + 0.5) / (texts + 0.5)));

    private double Saturation(Posting posting)
        => posting.Count * (K1 + 1) / (posting.Count + (K1 * (1 - B + (B * lengths[posting.Text] / meanLength))));

    private readonly record struct Posting(int Text, int Count);
}

/// <param name="Text">Its place among those that the index was built from.</param>
public readonly record struct ScoredText(int Text, double Score);

/// <summary>The best of many scores.</summary>
public static class TopScores
{
    /// <summary>Scores above 0, the highest first, equal ones by place; at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<ScoredText> Of(ReadOnlySpan<double> scores, int most)
    {
        // The worst of those kept is on top, to be thrown out first: of equal ones the later place is the worse.
        PriorityQueue<int, (double Score, int Place)> kept = new();
        for (var place = 0; place < scores.Length; place++)
        {
            if (scores[place] > 0 && most > 0)
            {
                if (kept.Count < most)
                {
                    kept.Enqueue(place, (scores[place], -place));
                }
                else if (kept.TryPeek(out _, out var worst) && scores[place] > worst.Score)
                {
                    kept.DequeueEnqueue(place, (scores[place], -place));
                }
            }
        }

        var best = new ScoredText[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--)
        {
            kept.TryDequeue(out var place, out var score);
            best[i] = new ScoredText(place, score.Score);
        }

        return best;
    }
}
