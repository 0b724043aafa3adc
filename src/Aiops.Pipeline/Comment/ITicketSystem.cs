namespace Aiops.Pipeline.Comment;

/// <summary>
/// Where people work on incidents. One ticket an incident and one comment of ours in it, edited in place: each call may be
/// made again after a crash and changes nothing the second time.
/// </summary>
public interface ITicketSystem
{
    /// <summary>The system's name for people (<c>local tickets</c>, <c>Jira</c>).</summary>
    string Name { get; }

    /// <summary>The ticket that bears the key, opened if there is none.</summary>
    /// <param name="key">The incident's id: the external key, or a marker looked for before creating.</param>
    Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken);

    /// <summary>Puts our one comment into the ticket, or replaces what it said.</summary>
    Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken);

    /// <summary>Says that the incident is over, or open again.</summary>
    /// <exception cref="TicketSystemUnavailableException">Not done now; it is kept that it is wanted, and done later.</exception>
    /// <exception cref="StoreUnavailableException">Not even that could be kept: say it again.</exception>
    Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken);

    /// <summary>Ties the ticket to those of earlier incidents, as far as they have any here.</summary>
    Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken);

    /// <summary>Puts a file into the ticket, in the place of an earlier one of its name; does nothing where the system takes none.</summary>
    Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken);
}

/// <summary>A file for a ticket; all of it masked.</summary>
public sealed record TicketAttachment(string Name, string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The report, by the name under which a newer one takes its place.</summary>
    public static TicketAttachment Report(ReadOnlyMemory<byte> page) => new("report.html", "text/html", page);
}

/// <summary>What a ticket starts with; all of it masked.</summary>
public sealed record TicketContent(string Title, string Description, Severity Severity);

/// <summary>A ticket, and where a person finds it.</summary>
public sealed record TicketReference(string Id, string Url);

/// <summary>Our comment, and how often it was written: 1 when it was just made.</summary>
public sealed record CommentReference(string Id, int Version);

/// <summary>Where a ticket stands.</summary>
public enum TicketState
{
    Open,
    Resolved,
    Closed,
}
