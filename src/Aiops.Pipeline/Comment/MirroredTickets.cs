namespace Aiops.Pipeline.Comment;

/// <summary>Our own record of every ticket, always written first, and the system where people work.</summary>
/// <remarks>What is answered is the foreign system's: its ticket is the one to tell people of.</remarks>
public sealed class MirroredTickets(IBuiltInTickets own, ITicketSystem foreign) : ITicketSystem
{
    public string Name => foreign.Name;

    public async Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        await own.OpenAsync(key, content, cancellationToken);
        return await foreign.OpenAsync(key, content, cancellationToken);
    }

    public async Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
    {
        await own.CommentAsync(key, markdown, cancellationToken);
        return await foreign.CommentAsync(key, markdown, cancellationToken);
    }

    public async Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken)
    {
        await own.MoveAsync(key, state, cancellationToken);
        await foreign.MoveAsync(key, state, cancellationToken);
    }

    public async Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken)
    {
        await own.LinkAsync(key, earlierKeys, cancellationToken);
        await foreign.LinkAsync(key, earlierKeys, cancellationToken);
    }

    public async Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken)
    {
        await own.AttachAsync(key, attachment, cancellationToken);
        await foreign.AttachAsync(key, attachment, cancellationToken);
    }
}
