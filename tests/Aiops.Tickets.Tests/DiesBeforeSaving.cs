using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Tests;

/// <summary>A ledger whose process dies when it is about to save what the predicate says; the lease stays, as a dead one's does, until released.</summary>
internal sealed class DiesBeforeSaving(ITicketLedger inner, Func<TicketEntry, bool> when) : ITicketLedger
{
    public Task<TicketLease?> TakeAsync(string system, string key, TimeSpan lasting, CancellationToken cancellationToken)
        => inner.TakeAsync(system, key, lasting, cancellationToken);

    public Task<bool> SaveAsync(TicketLease lease, CancellationToken cancellationToken)
        => when(lease.Entry) ? throw new ProcessDiedException() : inner.SaveAsync(lease, cancellationToken);

    public Task ReleaseAsync(TicketLease lease, CancellationToken cancellationToken) => inner.ReleaseAsync(lease, cancellationToken);

    public Task<TicketEntry?> FindAsync(string system, string key, CancellationToken cancellationToken) => inner.FindAsync(system, key, cancellationToken);

    public Task<IReadOnlyList<TicketEntry>> ListAsync(string system, int most, CancellationToken cancellationToken) => inner.ListAsync(system, most, cancellationToken);
}

internal sealed class ProcessDiedException : Exception;
