namespace Aiops.Pipeline.Comment;

/// <summary>The tickets that a host keeps itself where no other system is connected; they can be read back.</summary>
public interface IBuiltInTickets : ITicketSystem
{
    /// <summary>The ticket that bears the key, or null.</summary>
    Task<StoredTicket?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>All tickets, oldest first.</summary>
    Task<IReadOnlyList<StoredTicket>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Everything that our comment in it ever said, oldest first; empty when no ticket bears the key.</summary>
    Task<IReadOnlyList<CommentVersion>> HistoryAsync(string key, CancellationToken cancellationToken);
}

/// <summary>A ticket as it stands.</summary>
/// <param name="Comment">Our comment in Markdown; null before the first.</param>
/// <param name="CommentVersion">How often it was written; 0 before the first.</param>
public sealed record StoredTicket(
    string Id, string Key, string Title, Severity Severity, string State, DateTimeOffset OpenedAt, string? Comment, int CommentVersion);

/// <summary>What our comment said from <paramref name="WrittenAt"/> on, until the next version.</summary>
public sealed record CommentVersion(int Version, DateTimeOffset WrittenAt, string Markdown);
