using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Masking;

namespace Aiops.Cli.Output;

/// <summary>What <c>aiops kb search --json</c> prints of one hit; nothing of it is a secret.</summary>
/// <param name="Kind"><c>case</c> or <c>document</c>.</param>
/// <param name="Heading">The way to a document's section; empty for a case.</param>
/// <param name="Similarity">Of the fingerprints, 0 to 1.</param>
/// <param name="TextRank">Among those found by words; null where words didn't find it.</param>
/// <param name="FingerprintRank">Among those found by fingerprint; null where it didn't.</param>
/// <param name="Because">A phrase each.</param>
internal sealed record KnowledgeHitLine(
    string Kind, string Id, string Title, string Heading, string Text, double Score, double Similarity, int? TextRank, int? FingerprintRank,
    IReadOnlyList<string> Terms, IReadOnlyList<string> Because)
{
    public static KnowledgeHitLine Of(KnowledgeHit hit)
    {
        List<string> because = [.. hit.Shared.Select(part => $"{part.Phrase}: {SecretMask.Mask(string.Join(", ", part.Values))}")];
        if (hit.Terms.Count > 0)
        {
            because.Add($"words: {string.Join(", ", hit.Terms)}");
        }

        return hit.Case is { } past
            ? new("case", past.IncidentId, SecretMask.Mask(past.Title), "", SecretMask.Mask(IncidentWords.CauseOf(past)), hit.Score, hit.Similarity, hit.TextRank, hit.FingerprintRank, hit.Terms, because)
            : new("document", hit.Section!.Id, hit.Section.Title, string.Join(" › ", hit.Section.Headings), SecretMask.Mask(hit.Section.Text), hit.Score, hit.Similarity, hit.TextRank, hit.FingerprintRank, hit.Terms, because);
    }
}
