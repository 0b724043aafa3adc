namespace Aiops.Pipeline.Review;

/// <summary>What people wrote into our tickets. Our own comments are never among it.</summary>
public interface ITicketReplies
{
    /// <summary>Replies after the mark, oldest first, and the mark to go on from.</summary>
    /// <param name="key">The incident's id.</param>
    /// <param name="after">As answered by the call before; null from the beginning.</param>
    Task<TicketReplies> ReadAsync(string key, string? after, CancellationToken cancellationToken);

    /// <summary>Answers somebody below their reply; the same answer to the same reply again writes nothing.</summary>
    Task AnswerAsync(string key, string replyId, string markdown, CancellationToken cancellationToken);
}

/// <param name="ReadTo">Hand it in to go on from here.</param>
public sealed record TicketReplies(IReadOnlyList<TicketReply> Replies, string? ReadTo);

/// <summary>One reply.</summary>
/// <param name="Id">The system's id of it: what is done because of it is done once.</param>
/// <param name="Author">The system's own name of the account, which can't be chosen freely like a display name.</param>
/// <param name="Text">Plain text or Markdown, as written.</param>
public sealed record TicketReply(string Id, string Author, DateTimeOffset At, string Text);
