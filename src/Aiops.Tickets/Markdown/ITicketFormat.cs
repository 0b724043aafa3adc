namespace Aiops.Tickets.Markdown;

/// <summary>Our Markdown in a system's own format, within its limits.</summary>
public interface ITicketFormat
{
    /// <summary>The longest body, in what the system counts.</summary>
    int MaxLength { get; }

    /// <summary>
    /// The body, at most <see cref="MaxLength"/> long: whole blocks are left out from the least important end, which is the
    /// last, the footer with the link to the full report kept, and that it was cut is said.
    /// </summary>
    /// <param name="markdown">As <see cref="Pipeline.Comment.CommentRenderer"/> makes it: its last block, after a rule, is the footer.</param>
    /// <param name="marker">A text that the system stores and people don't see, or hardly; by it our comment is found again.</param>
    string Render(string markdown, string marker);
}
