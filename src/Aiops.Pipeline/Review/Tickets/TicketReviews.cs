using System.Collections.Concurrent;
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

    /// <summary>How often a reply is tried that fails; then it is passed by.</summary>
    public const int MostTries = 5;

    // By incident and reply. After a restart they are tried as often again, which harms nobody.
    private readonly ConcurrentDictionary<(string, string), int> failed = [];

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
        return entries.FirstOrDefault(entry => Names(entry).Any(tickets.Contains))?.Key;
    }

    private async Task<int> ReadAsync(string incidentId, TicketLease lease, CancellationToken cancellationToken)
    {
        var read = await replies.ReadAsync(incidentId, lease.Entry.RepliesReadTo, cancellationToken);
        var taken = 0;
        List<Exception> failures = [];
        foreach (var reply in read.Replies)
        {
            try
            {
                if (await reader.TakeAsync(incidentId, reply, cancellationToken) is { } record)
                {
                    taken++;
                    LogTaken(incidentId, reply.Id, record.Outcome?.Verdict);
                }

                failed.TryRemove((incidentId, reply.Id), out _);
            }
            catch (Exception e) when (IsOfTheReply(e))
            {
                if (!await IsGivenUpAsync(incidentId, reply, e, cancellationToken))
                {
                    failures.Add(e);
                }
            }
        }

        // The mark stays before what failed; what was done after it is known by its record.
        if (failures.Count > 0)
        {
            throw new AggregateException($"{failures.Count} of {read.Replies.Count} replies could not be taken.", failures);
        }

        if (read.ReadTo != lease.Entry.RepliesReadTo)
        {
            await ledger.SaveAsync(lease with { Entry = lease.Entry with { RepliesReadTo = read.ReadTo } }, cancellationToken);
        }

        return taken;
    }

    private async Task<bool> IsGivenUpAsync(string incidentId, TicketReply reply, Exception failure, CancellationToken cancellationToken)
    {
        if (failed.AddOrUpdate((incidentId, reply.Id), 1, (_, tries) => tries + 1) < MostTries)
        {
            return false;
        }

        failed.TryRemove((incidentId, reply.Id), out _);
        LogGivenUp(failure, incidentId, reply.Id, MostTries);
        try
        {
            await reader.GiveUpAsync(incidentId, reply, cancellationToken);
        }
        catch (Exception e) when (IsOfTheReply(e))
        {
            LogNotTold(e, incidentId, reply.Id);
        }

        return true;
    }

    // Where the system or the store is away, every reply fails, and it is no reply's fault.
    private static bool IsOfTheReply(Exception e) => e is not (OperationCanceledException or TicketSystemUnavailableException or StoreUnavailableException);

    private static IEnumerable<string> Names(TicketEntry entry) => new[] { entry.TicketId, entry.TicketLabel }.OfType<string>();

    [LoggerMessage(LogLevel.Error, "Gave up on reply {ReplyId} in the ticket of {IncidentId} after {Tries} tries")]
    private partial void LogGivenUp(Exception exception, string incidentId, string replyId, int tries);

    [LoggerMessage(LogLevel.Warning, "Could not tell reply {ReplyId} in the ticket of {IncidentId} that it was given up on")]
    private partial void LogNotTold(Exception exception, string incidentId, string replyId);

    [LoggerMessage(LogLevel.Information, "Took reply {ReplyId} in the ticket of {IncidentId}: {Verdict}")]
    private partial void LogTaken(string incidentId, string replyId, Verdict? verdict);
}
