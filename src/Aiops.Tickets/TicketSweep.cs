using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging;

namespace Aiops.Tickets;

/// <summary>
/// Mends what the lease and the looking can't rule out (<see cref="LeasedTicket"/> names it): of several tickets of one
/// incident the oldest stays and the others are closed as its duplicates; of several comments the oldest stays ours.
/// </summary>
/// <remarks>
/// Each entry is looked at once its system's search can be trusted, and again as long as it is young. An incident whose lease
/// is held is passed by until the next time.
/// </remarks>
public sealed partial class TicketSweep(
    RemoteTicketSystem tickets, ITicketApi api, ITicketLedger ledger, TimeProvider time, ILogger<TicketSweep> logger)
{
    /// <summary>How long after its last change an incident's ticket is still looked at.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>How long passes between two looks: each costs two requests for every young entry.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Entries of one look, newest first.</summary>
    public const int Most = 100;

    /// <summary>How long one look lasts at most; the rest, the oldest, waits for the next one.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private DateTimeOffset nextAt = DateTimeOffset.MinValue;

    /// <summary>Looks, if the last look of this process is long enough ago; call it as often as you like. What goes wrong is logged.</summary>
    public async Task RunWhenDueAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() is var now && now >= nextAt)
        {
            nextAt = now + Every;
            try
            {
                await RunAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e, api.Name);
            }
        }
    }

    /// <returns>How many tickets and comments were merged.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (now, merged) = (time.GetUtcNow(), 0);
        foreach (var entry in await ledger.ListAsync(api.Name, Most, cancellationToken))
        {
            if (time.GetUtcNow() - now > Longest)
            {
                break;
            }

            if (now - entry.SavedAt >= api.FindLag && now - entry.SavedAt <= Young && entry.TicketId is not null)
            {
                try
                {
                    merged += await LookAsync(entry.Key, cancellationToken);
                }
                catch (Exception e) when (e is TicketSystemUnavailableException or TicketGoneException)
                {
                    LogPassedBy(api.Name, entry.Key, e.Message); // The next look comes soon.
                }
            }
        }

        return merged;
    }

    private async Task<int> LookAsync(string key, CancellationToken cancellationToken)
    {
        await using var ours = await tickets.LeaseAsync(key, cancellationToken);
        if (ours.Ticket is not { } known)
        {
            return 0;
        }

        var found = await api.FindAsync(key, cancellationToken);
        var merged = 0;
        if (found is [var oldest, _, ..])
        {
            foreach (var duplicate in found.Skip(1))
            {
                await tickets.MergeAsync(duplicate, oldest, cancellationToken);
                merged++;
            }

            if (oldest.Id != known.Id)
            {
                // Nothing of what we know is in the other ticket; the next comment writes all of it there.
                await ours.SaveAsync(
                    new TicketEntry(api.Name, key)
                    {
                        TicketId = oldest.Id,
                        TicketLabel = oldest.Label,
                        TicketUrl = oldest.Url,
                        CommentVersion = ours.Entry.CommentVersion,
                    },
                    cancellationToken);
                known = oldest;
            }
        }

        foreach (var comment in (await api.FindCommentsAsync(known, Marker.Comment(key), cancellationToken)).Skip(1))
        {
            await api.EditCommentAsync(known, comment, api.Format.Render("*Said twice by mistake: the comment above is kept up to date.*", Marker.Superseded(key)), cancellationToken);
            merged++;
        }

        return merged;
    }

    [LoggerMessage(LogLevel.Warning, "{System}: duplicates could not be looked for")]
    private partial void LogFailed(Exception exception, string system);

    [LoggerMessage(LogLevel.Information, "{System}: duplicates of {IncidentId} are looked for later: {Reason}")]
    private partial void LogPassedBy(string system, string incidentId, string reason);
}
