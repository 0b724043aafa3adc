namespace Aiops.Pipeline.FindRootCause;

/// <summary>A section of a runbook or a post-mortem that speaks of what was found. Somebody else's text, secrets masked.</summary>
/// <param name="Document">The document's id: its path below what was added.</param>
/// <param name="Headings">From the outermost to the one above the text; empty before the first.</param>
/// <param name="Excerpt">Markdown as it was written, at most <see cref="RunbookFinder.LongestExcerpt"/> characters; nobody may render it as such.</param>
/// <param name="Terms">Which words of the incident are in it, the most telling first.</param>
public sealed record RunbookExcerpt(
    string Document, string Title, IReadOnlyList<string> Headings, string Excerpt, IReadOnlyList<string> Terms);
