using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;

namespace Aiops.Tickets;

/// <summary>
/// One system's calls, each made once and told apart by nobody: <c>RemoteTicketSystem</c> adds the lease, the ledger
/// and the looking before creating, for all systems alike.
/// </summary>
/// <remarks>
/// All methods throw what <see cref="Http.TicketHttp"/> throws; <see cref="TicketGoneException"/> says that the ticket, or the
/// comment, isn't there (any more), by whatever status the system has for it.
/// </remarks>
public interface ITicketApi
{
    /// <summary>For people (<c>Jira</c>); also the ledger's name of the system.</summary>
    string Name { get; }

    /// <summary>How long a ticket that was just created may be missing from <see cref="FindAsync"/>; zero where it is read strongly.</summary>
    TimeSpan FindLag { get; }

    /// <summary>What the system understands, and how much of it.</summary>
    Markdown.ITicketFormat Format { get; }

    /// <summary>Every ticket that bears the key, oldest first; more than one only where somebody died in the window of <see cref="FindLag"/>.</summary>
    Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Makes a ticket that bears the key as external key, or as the marker that <see cref="FindAsync"/> looks for.</summary>
    Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken);

    /// <summary>Title, description and priority anew.</summary>
    Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken);

    /// <summary>Our comments in it that hold the marker, oldest first.</summary>
    Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken);

    /// <returns>The comment's id.</returns>
    /// <param name="body">In the system's own format, the marker within.</param>
    Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken);

    Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken);

    Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken);

    /// <summary>Says that the two are related; harmless when they are already.</summary>
    Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken);

    /// <summary>Puts a file into it, in the place of an earlier one of the name where the system can. False: the system takes no files.</summary>
    Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken);

    /// <summary>Closes one that was made twice and points to the one that stays; <see cref="FindAsync"/> no longer shows it.</summary>
    Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken);

    /// <summary>Comments by others than us, oldest first, after the mark.</summary>
    Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken);
}

/// <summary>A ticket as the system knows it.</summary>
/// <param name="Id">What its calls take.</param>
/// <param name="Label">What people call it (<c>OPS-12</c>, <c>#12</c>).</param>
public sealed record RemoteTicket(string Id, string Label, string Url);
