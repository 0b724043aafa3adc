using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Comment;

/// <summary>Our own record of every ticket, always written first, and the system where people work.</summary>
/// <remarks>
/// What is answered is the foreign system's, whose ticket is the one to tell people of. Where it can't answer now, the workflow
/// tries again. Where it turns us away (a token that ended, rights that were taken), a person must mend it: that is logged as
/// an error, and the incident goes on with our own record, for its analysis and review don't depend on that system.
/// </remarks>
public sealed partial class MirroredTickets(IBuiltInTickets own, ITicketSystem foreign, ILogger<MirroredTickets> logger) : ITicketSystem
{
    public string Name => foreign.Name;

    public Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
        => BothAsync(key, system => system.OpenAsync(key, content, cancellationToken));

    public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
        => BothAsync(key, system => system.CommentAsync(key, markdown, cancellationToken));

    public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken)
        => BothAsync(key, Answering(system => system.MoveAsync(key, state, cancellationToken)));

    public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken)
        => BothAsync(key, Answering(system => system.LinkAsync(key, earlierKeys, cancellationToken)));

    public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken)
        => BothAsync(key, Answering(system => system.AttachAsync(key, attachment, cancellationToken)));

    private async Task<T> BothAsync<T>(string key, Func<ITicketSystem, Task<T>> act)
    {
        var ours = await act(own);
        try
        {
            return await act(foreign);
        }
        catch (Exception e) when (e is not (OperationCanceledException or TicketSystemUnavailableException or StoreUnavailableException))
        {
            LogTurnedAway(e, foreign.Name, key);
            return ours;
        }
    }

    private static Func<ITicketSystem, Task<bool>> Answering(Func<ITicketSystem, Task> act) => async system =>
    {
        await act(system);
        return true;
    };

    [LoggerMessage(LogLevel.Error, "{System} turned us away: {IncidentId} goes on with our own record alone")]
    private partial void LogTurnedAway(Exception exception, string system, string incidentId);
}
