using System.Globalization;
using Aiops.Pipeline.Comment;

namespace Aiops.PortTests.Tickets;

/// <summary>A ledger for one process, for tests of what uses one.</summary>
public sealed class InMemoryTicketLedger(TimeProvider time) : ITicketLedger
{
    private readonly Dictionary<(string System, string Key), Row> rows = [];

    public Task<TicketLease?> TakeAsync(string system, string key, TimeSpan lasting, CancellationToken cancellationToken)
    {
        lock (rows)
        {
            var row = rows.GetValueOrDefault((system, key)) ?? new Row(null, 0, DateTimeOffset.MinValue);
            var now = time.GetUtcNow();
            if (row.LeaseEnds > now)
            {
                return Task.FromResult<TicketLease?>(null);
            }

            row = rows[(system, key)] = new Row(row.Entry, row.Lease + 1, now + lasting);
            return Task.FromResult<TicketLease?>(
                new TicketLease(row.Entry ?? new TicketEntry(system, key), row.Lease.ToString(CultureInfo.InvariantCulture), row.LeaseEnds));
        }
    }

    public Task<bool> SaveAsync(TicketLease lease, CancellationToken cancellationToken)
        => Task.FromResult(Change(lease, row => row with { Entry = lease.Entry with { SavedAt = time.GetUtcNow() } }));

    public Task ReleaseAsync(TicketLease lease, CancellationToken cancellationToken)
        => Task.FromResult(Change(lease, row => row with { LeaseEnds = DateTimeOffset.MinValue }));

    public Task<TicketEntry?> FindAsync(string system, string key, CancellationToken cancellationToken)
    {
        lock (rows)
        {
            return Task.FromResult(rows.GetValueOrDefault((system, key))?.Entry);
        }
    }

    public Task<IReadOnlyList<TicketEntry>> ListAsync(string system, int most, CancellationToken cancellationToken)
    {
        lock (rows)
        {
            return Task.FromResult<IReadOnlyList<TicketEntry>>(
                [.. rows.Values.Select(row => row.Entry).OfType<TicketEntry>().Where(entry => entry.System == system)
                    .OrderByDescending(entry => entry.SavedAt).Take(most)]);
        }
    }

    private bool Change(TicketLease lease, Func<Row, Row> change)
    {
        lock (rows)
        {
            var key = (lease.Entry.System, lease.Entry.Key);
            if (!rows.TryGetValue(key, out var row) || row.LeaseEnds == DateTimeOffset.MinValue
                || row.Lease.ToString(CultureInfo.InvariantCulture) != lease.Token)
            {
                return false;
            }

            rows[key] = change(row);
            return true;
        }
    }

    private sealed record Row(TicketEntry? Entry, long Lease, DateTimeOffset LeaseEnds);
}
