using Aiops.Pipeline.Learn;

namespace Aiops.Console;

/// <summary>What was learned, as the console's pages show it. Nothing here writes.</summary>
public interface IConsoleKnowledge
{
    /// <summary>Cases that hold the text, the most fitting first; every case, newest first, where the text is empty.</summary>
    Task<IReadOnlyList<KnowledgeHit>> SearchAsync(string text, int most, CancellationToken cancellationToken);

    /// <summary>Every version of one case that is known, newest first; empty where there is no such case.</summary>
    Task<IReadOnlyList<CaseVersion>> HistoryAsync(string incidentId, CancellationToken cancellationToken);

    /// <summary>Runbooks and post-mortems that hold the text; all of them where it is empty.</summary>
    Task<IReadOnlyList<KnownDocument>> DocumentsAsync(string text, int most, CancellationToken cancellationToken);
}

/// <param name="Because">Why it was found, a phrase each; empty where nothing was asked.</param>
public sealed record KnowledgeHit(CaseRecord Case, IReadOnlyList<string> Because);

/// <summary>A case as it stood from one review on.</summary>
/// <param name="Reviewer">Who said so; null where that wasn't kept (a case that a recording brought along).</param>
/// <param name="At">When; null where that wasn't kept.</param>
public sealed record CaseVersion(CaseRecord Case, string? Reviewer, DateTimeOffset? At);

/// <param name="Source">The file that it came from.</param>
public sealed record KnownDocument(string Title, string Source, string Excerpt, IReadOnlyList<string> Because);
