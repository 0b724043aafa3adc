using Aiops.Analysis.Retrieval;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>
/// What is known, ready to be asked: by words (BM25) and by fingerprint, the two rankings fused. Pure: the same cases and
/// documents give the same answer on every host, in whatever order they were read. Only what stands may be handed in.
/// </summary>
public sealed class KnowledgeIndex
{
    public const double LeastSimilarity = 0.3;
    public const int MostSimilar = 5;

    private const int Depth = 100; // Of each ranking; what is further down in both comes to nothing.
    private const int MostTerms = 5;

    private readonly PastCase[] cases;
    private readonly DocumentSection[] sections;
    private readonly Bm25Index words;
    private readonly FingerprintIndex fingerprints;

    private KnowledgeIndex(PastCase[] cases, DocumentSection[] sections)
    {
        (this.cases, this.sections) = (cases, sections);
        words = new Bm25Index(cases.Select(past => SearchTerms.Of(TextOf(past))).Concat(sections.Select(section => SearchTerms.Of(TextOf(section)))));
        fingerprints = new FingerprintIndex(cases);
    }

    public int Count => cases.Length + sections.Length;

    public static KnowledgeIndex Of(IEnumerable<PastCase> cases, IEnumerable<KnowledgeDocument>? documents = null) => new(
        [.. cases.OrderByDescending(past => past.OpenedAt).ThenBy(past => past.IncidentId, StringComparer.Ordinal)], // Of equally good ones the newer.
        [.. (documents ?? []).OrderBy(document => document.Id, StringComparer.Ordinal).SelectMany(DocumentSections.Of)]);

    /// <summary>The best first, at most <paramref name="most"/>; nothing where the query says nothing.</summary>
    public IReadOnlyList<KnowledgeHit> Search(KnowledgeQuery query, int most)
    {
        var terms = TermsOf(query.Text);
        var byWords = words.Search(terms, Depth, place => IsAskedFor(place, query)).Select(one => one.Text).ToList();
        var (byFingerprint, similarities, parts) = query is { Fingerprint: { } fingerprint, Cases: true } ? Alike(fingerprint, null) : ([], [], []);
        return Hits(byWords, byFingerprint, similarities, parts, terms, most);
    }

    /// <summary>
    /// Past incidents like this one. They must be alike by fingerprint; shared words only move those up that are.
    /// </summary>
    /// <param name="text">What the incident says of itself; null for nothing.</param>
    /// <param name="exceptIncidentId">The incident itself, which may have been reviewed before.</param>
    public IReadOnlyList<PastIncident> Similar(IncidentFingerprint now, string? text, string? exceptIncidentId, int most = MostSimilar)
    {
        var terms = TermsOf(text);
        var (alike, similarities, parts) = Alike(now, exceptIncidentId);
        var meant = alike.ToHashSet();
        var byWords = words.Search(terms, Depth, meant.Contains).Select(one => one.Text).ToList();
        return [.. Hits(byWords, alike, similarities, parts, terms, most).Select(PastIncidentOf)];
    }

    private (List<int> Ranking, double[] Similarities, IReadOnlyList<string>[] Parts) Alike(IncidentFingerprint now, string? except)
    {
        var parts = FingerprintParts.Of(now, null);
        var similarities = fingerprints.Similarities(parts);
        for (var i = 0; i < similarities.Length; i++)
        {
            similarities[i] = Math.Round(similarities[i], 6); // So that a sum's last bit doesn't decide between equals.
            if (similarities[i] < LeastSimilarity || cases[i].IncidentId == except)
            {
                similarities[i] = 0;
            }
        }

        return ([.. TopScores.Of(similarities, Depth).Select(one => one.Text)], similarities, parts);
    }

    private List<KnowledgeHit> Hits(
        List<int> byWords, List<int> byFingerprint, double[] similarities, IReadOnlyList<string>[] parts, IReadOnlyList<string> terms, int most)
    {
        List<KnowledgeHit> hits = [];
        foreach (var (place, score) in ReciprocalRankFusion.Fuse(byFingerprint, byWords).Take(most))
        {
            var (textRank, fingerprintRank) = (byWords.IndexOf(place), byFingerprint.IndexOf(place));
            hits.Add(new KnowledgeHit
            {
                Case = place < cases.Length ? cases[place] : null,
                Section = place < cases.Length ? null : sections[place - cases.Length],
                Score = score,
                Similarity = fingerprintRank < 0 ? 0 : similarities[place],
                TextRank = textRank < 0 ? null : textRank + 1,
                FingerprintRank = fingerprintRank < 0 ? null : fingerprintRank + 1,
                Terms = [.. words.Explain(place, terms).Take(MostTerms).Select(one => one.Term)],
                Shared = fingerprintRank < 0 ? [] : fingerprints.Shared(place, parts),
            });
        }

        return hits;
    }

    private bool IsAskedFor(int place, KnowledgeQuery query) => place < cases.Length ? query.Cases : query.Documents;

    // Masked first: a term is shown as the reason of a hit, and of a secret cut into terms nobody would know what it was.
    private static IReadOnlyList<string> TermsOf(string? text) => text is null ? [] : SearchTerms.Of(SecretMask.Mask(text));

    private static PastIncident PastIncidentOf(KnowledgeHit hit)
    {
        var past = hit.Case!;
        IEnumerable<string> because = hit.Shared.Select(part => part.Phrase);
        return new PastIncident(
            past.IncidentId,
            past.Title,
            past.OpenedAt,
            hit.Similarity,
            [.. hit.Terms.Count == 0 ? because : because.Append($"same words: {string.Join(", ", hit.Terms.Take(3))}")],
            past.Cause,
            past.Component,
            past.Helped)
        {
            Verdict = past.Verdict,
            RuledOut = past.Verdict == Verdict.Rejected ? past.Named : null,
        };
    }

    private static string TextOf(PastCase past) => string.Join('\n', [
        past.Title, past.Cause, past.Component, .. past.Helped ?? [], past.Fingerprint.Kind.ToString(), .. past.Fingerprint.Components, .. past.Fingerprint.Types,
        .. past.Fingerprint.Metrics, .. past.Fingerprint.Changes]);

    private static string TextOf(DocumentSection section) => $"{section.Title}\n{string.Join('\n', section.Headings)}\n{section.Text}";
}
