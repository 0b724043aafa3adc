using System.Collections.Frozen;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>Looks the incident and its most probable cause up among runbooks and post-mortems.</summary>
public static class RunbookFinder
{
    /// <summary>Sections, each of another document.</summary>
    public const int Most = 3;

    /// <summary>In characters.</summary>
    public const int LongestExcerpt = 300;

    /// <summary>A section that shares but one telling word with the incident says nothing of it.</summary>
    public const int LeastTerms = 2;

    private const int Looked = 20; // Of one document several may be found.
    private const int MostTemplates = 5;

    // Found in any text, so that sharing them says nothing.
    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "above", "after", "all", "an", "and", "are", "as", "at", "be", "been", "before", "below", "but", "by", "can", "did", "do", "does", "for", "from",
        "had", "has", "have", "if", "in", "into", "is", "it", "its", "more", "no", "not", "of", "on", "or", "over", "so", "than", "that", "the", "then", "this",
        "to", "under", "until", "was", "were", "when", "which", "while", "will", "with");

    /// <returns>The best first; empty where nothing is known.</returns>
    public static IReadOnlyList<RunbookExcerpt> Find(KnowledgeIndex index, Incident incident, Diagnosis diagnosis, IncidentContext context)
        => [.. index.Search(new KnowledgeQuery { Text = TextOf(incident, diagnosis, context), Cases = false }, Looked)
            .Select(hit => (Section: hit.Section!, Terms: hit.Terms.Where(term => !Common.Contains(term)).ToList()))
            .Where(hit => hit.Terms.Count >= LeastTerms)
            .DistinctBy(hit => hit.Section.Id, StringComparer.Ordinal)
            .Take(Most)
            .Select(hit => ExcerptOf(hit.Section, hit.Terms))];

    /// <summary>What the incident says of itself; of the cause its name, its kind, and what it logs.</summary>
    public static string TextOf(Incident incident, Diagnosis diagnosis, IncidentContext context)
    {
        if (diagnosis.Hypotheses is not [var first, ..])
        {
            return IncidentText.Of(incident);
        }

        return string.Join('\n', [
            IncidentText.Of(incident),
            first.Component,
            first.Kind == CauseKind.Unknown ? "" : first.Kind.ToString(),
            .. context.Logs.Where(shift => shift.Component == first.Component && shift.Significance > 0)
                .OrderByDescending(shift => shift.Significance).Take(MostTemplates).Select(shift => shift.Template),
        ]);
    }

    private static RunbookExcerpt ExcerptOf(DocumentSection section, IReadOnlyList<string> terms) => new(
        section.Id, SecretMask.Mask(section.Title), [.. section.Headings.Select(SecretMask.Mask)], Excerpt(SecretMask.Mask(section.Text), terms), terms);

    /// <summary>From the line on that has the most of the terms: a long section says much else.</summary>
    private static string Excerpt(string text, IReadOnlyList<string> terms)
    {
        if (text.Length > LongestExcerpt)
        {
            var lines = text.Split('\n');
            var best = lines.Index().MaxBy(line => terms.Count(term => line.Item.Contains(term, StringComparison.OrdinalIgnoreCase))).Index;
            text = string.Join('\n', lines.Skip(best));
        }

        return text.Length <= LongestExcerpt ? text : text[..WholeCharacters(text)] + "…";
    }

    private static int WholeCharacters(string text)
        => char.IsHighSurrogate(text[LongestExcerpt - 2]) ? LongestExcerpt - 2 : LongestExcerpt - 1;
}
