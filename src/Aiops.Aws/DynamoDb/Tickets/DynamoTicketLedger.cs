using System.Globalization;
using Aiops.Pipeline.Comment;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Tickets;

/// <summary>What we know of tickets in foreign systems, in the single table: one item a ticket and system, the lease within.</summary>
/// <remarks>
/// Each lease of an item bears the next number, so that an earlier holder is told from a later one; who holds it is decided by
/// conditional writes alone. The list comes from the index, and may lack what was saved a moment ago.
/// </remarks>
public sealed class DynamoTicketLedger(DynamoTable table) : ITicketLedger
{
    /// <inheritdoc/>
    public async Task<TicketLease?> TakeAsync(string system, string key, TimeSpan lasting, CancellationToken cancellationToken)
    {
        var now = table.Time.GetUtcNow();
        var item = await table.UpdateAndGetAsync(
            TableKeys.Ledger(system, key),
            "SET LeaseEnds = :ends ADD LeaseNumber :one",
            Condition.Of(
                "attribute_not_exists(LeaseEnds) OR LeaseEnds <= :now",
                (":now", Attributes.Number(now.ToUnixTimeMilliseconds())),
                (":ends", Attributes.Number((now + lasting).ToUnixTimeMilliseconds())),
                (":one", Attributes.Number(1))),
            cancellationToken);
        return item is null
            ? null
            : new TicketLease(Read(item) ?? new TicketEntry(system, key), item.FindNumber("LeaseNumber").ToString(CultureInfo.InvariantCulture), now + lasting);
    }

    /// <inheritdoc/>
    public Task<bool> SaveAsync(TicketLease lease, CancellationToken cancellationToken)
    {
        var entry = lease.Entry with { SavedAt = table.Time.GetUtcNow() };
        return table.UpdateAsync(
            TableKeys.Ledger(entry.System, entry.Key),
            "SET LedgerEntry = :entry, GSI1PK = :system, GSI1SK = :saved",
            Ours(
                lease,
                (":entry", Packed.Attribute(entry, TicketLedgerJson.Default.TicketEntry)),
                (":system", Attributes.Text(TableKeys.LedgerOf(entry.System))),
                (":saved", Attributes.Text($"{TableKeys.Instant(entry.SavedAt)}#{TableKeys.Part(entry.Key)}"))),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(TicketLease lease, CancellationToken cancellationToken)
        => table.UpdateAsync(TableKeys.Ledger(lease.Entry.System, lease.Entry.Key), "REMOVE LeaseEnds", Ours(lease), cancellationToken);

    /// <inheritdoc/>
    public async Task<TicketEntry?> FindAsync(string system, string key, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.Ledger(system, key), cancellationToken) is { } item ? Read(item) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TicketEntry>> ListAsync(string system, int most, CancellationToken cancellationToken)
    {
        List<TicketEntry> entries = [];
        await foreach (var item in table.QueryIndexAsync(TableKeys.LedgerOf(system), null, newestFirst: true, most, cancellationToken))
        {
            entries.Add(Read(item)!);
            if (entries.Count == most)
            {
                break;
            }
        }

        return entries;
    }

    private static Condition Ours(TicketLease lease, params (string Name, Amazon.DynamoDBv2.Model.AttributeValue Value)[] values)
        => Condition.Of(
            "LeaseNumber = :lease AND attribute_exists(LeaseEnds)",
            [.. values, (":lease", Attributes.Number(long.Parse(lease.Token, CultureInfo.InvariantCulture)))]);

    private static TicketEntry? Read(Item item) => item.TryGetValue("LedgerEntry", out var entry) ? Packed.Read(entry, TicketLedgerJson.Default.TicketEntry) : null;
}
