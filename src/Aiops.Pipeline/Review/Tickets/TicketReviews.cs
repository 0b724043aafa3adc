using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>
/// Reads what people wrote into an incident's ticket, and does it. A webhook and the clock come here alike: what is acted on
/// is what the system itself shows, under whose name it shows it, so that a forged or repeated webhook brings about a look and
/// nothing more.
/// </summary>
/// <remarks>
/// One reader an incident at a time, by a lease of its own in the ledger; the mark up to which was read moves when all before
/// it was done. Whoever finds the lease taken leaves the looking to its holder, and what that one has just missed to the next
/// look by the clock.
/// </remarks>
/// <param name="system">The ticket system's name in the ledger.</param>
public sealed partial class TicketReviews(
    string system, ITicketReplies replies, ITicketLedger ledger, ReplyReader reader, ILogger<TicketReviews> logger)
{
    /// <summary>How long one incident's replies may take to be dealt with; then another reader may.</summary>
    public static readonly TimeSpan LeaseLasts = TimeSpan.FromMinutes(2);

    /// <summary>Tickets among which a webhook's is looked for, the newest first.</summary>
    public const int MostTickets = 1_000;

    private string Readers => $"{system} replies";

    /// <returns>How many replies asked for something that had not been done.</returns>
    /// <exception cref="TicketSystemUnavailableException">It may work later; what was read is kept.</exception>
    public async Task<int> ReadAsync(string incidentId, CancellationToken cancellationToken)
    {
        if (await ledger.TakeAsync(Readers, incidentId, LeaseLasts, cancellationToken) is not { } lease)
        {
            return 0;
        }

        try
        {
            return await ReadAsync(incidentId, lease, cancellationToken);
        }
        finally
        {
            await ledger.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    /// <summary>The incident of a ticket that a webhook names, by the system's id or what people call it; null when it is none of ours.</summary>
    public async Task<string?> FindIncidentAsync(IReadOnlyCollection<string> tickets, CancellationToken cancellationToken)
    {
        var entries = await ledger.ListAsync(system, MostTickets, cancellationToken);
        return entries.FirstOrDefault(entry => entry.TicketId is { } id && tickets.Contains(id))?.Key;
    }

    private async Task<int> ReadAsync(string incidentId, TicketLease lease, CancellationToken cancellationToken)
    {
        var read = await replies.ReadAsync(incidentId, lease.Entry.RepliesReadTo, cancellationToken);
        var taken = 0;
        foreach (var reply in read.Replies)
        {
            if (await reader.TakeAsync(incidentId, reply, cancellationToken) is { } record)
            {
                taken++;
                LogTaken(incidentId, reply.Id, record.Outcome?.Verdict);
            }
        }

        if (read.ReadTo != lease.Entry.RepliesReadTo)
        {
            await ledger.SaveAsync(lease with { Entry = lease.Entry with { RepliesReadTo = read.ReadTo } }, cancellationToken);
        }

        return taken;
    }

    [LoggerMessage(LogLevel.Information, "Took reply {ReplyId} in the ticket of {IncidentId}: {Verdict}")]
    private partial void LogTaken(string incidentId, string replyId, Verdict? verdict);
}
