using Aiops.Pipeline.Comment;

namespace Aiops.Tickets;

/// <summary>One incident's entry while we hold its lease; lets go of it when disposed of.</summary>
internal sealed class LeasedTicket(ITicketApi api, ITicketLedger ledger, RemoteTicketOptions options, TimeProvider time, TicketLease lease) : IAsyncDisposable
{
    private TicketLease held = lease;

    public TicketEntry Entry => held.Entry;

    public string Key => Entry.Key;

    /// <summary>The ticket as recorded; null before there is one.</summary>
    public RemoteTicket? Ticket => Of(Entry);

    public static RemoteTicket? Of(TicketEntry entry)
        => entry.TicketId is { } id ? new RemoteTicket(id, entry.TicketLabel ?? id, entry.TicketUrl ?? "") : null;

    /// <exception cref="TicketSystemUnavailableException">The lease passed to somebody else, who finds what we did by its marker.</exception>
    public async Task SaveAsync(TicketEntry entry, CancellationToken cancellationToken)
    {
        held = held with { Entry = entry };
        if (!await ledger.SaveAsync(held, cancellationToken))
        {
            throw new TicketSystemUnavailableException($"The lease on {Key} in {api.Name} passed to another worker, which goes on from here.");
        }
    }

    /// <summary>
    /// Looks, and creates only what can't be there: not while an earlier creation is in doubt, nor with a lease that may end
    /// before the request does. That it was begun is written down first, which also proves that the lease is ours.
    /// </summary>
    /// <remarks>
    /// What remains: a worker that stands still between that proof and its request for longer than
    /// <see cref="RemoteTicketOptions.CreateTakes"/>, or a system that goes on with a request for longer than
    /// <see cref="RemoteTicketOptions.InFlight"/> after its caller left. <see cref="TicketSweep"/> mends those.
    /// </remarks>
    /// <param name="find">Null where there is none.</param>
    public async Task<(T Made, bool Found)> FindOrCreateAsync<T>(
        Func<CancellationToken, Task<T?>> find, Func<CancellationToken, Task<T>> create, TimeSpan lag, CancellationToken cancellationToken)
        where T : class
    {
        if (await find(cancellationToken) is { } there)
        {
            return (there, true);
        }

        var now = time.GetUtcNow();
        if (Entry.UnansweredSince is { } begun && begun + lag + options.InFlight > now)
        {
            throw new TicketSystemUnavailableException(
                $"{api.Name} may be about to show what was created for {Key} at {begun:HH:mm:ss} UTC; it is looked for again before anything is created.");
        }

        if (held.EndsAt - now < options.CreateTakes)
        {
            throw new TicketSystemUnavailableException($"{api.Name} was so slow that the lease on {Key} may end before something is created.");
        }

        await SaveAsync(Entry with { UnansweredSince = now }, cancellationToken);
        try
        {
            return (await create(cancellationToken), false);
        }
        catch (Exception e) when (e is TicketSystemRefusedException or TicketGoneException)
        {
            await SaveAsync(Entry with { UnansweredSince = null }, cancellationToken); // It was answered: nothing was made.
            throw;
        }
    }

    // Let go of even when the caller is being stopped: others would wait for the clock.
    public async ValueTask DisposeAsync()
    {
        try
        {
            await ledger.ReleaseAsync(held, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It ends by itself; what went wrong before this must not be hidden by it.
        }
    }
}
