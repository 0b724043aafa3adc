using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Microsoft.Extensions.Logging;

namespace Aiops.Tickets;

/// <summary>
/// Mends what the lease and the looking can't rule out (<see cref="LeasedTicket"/> names it): of several tickets of one
/// incident the oldest stays and the others are closed as its duplicates; of several comments the oldest stays ours. And does
/// what was wanted while the system was away: tickets that should have been moved.
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

    /// <summary>How long a ticket that couldn't be moved is tried again: an outage over a long weekend, or rights that a person mends.</summary>
    public static readonly TimeSpan MovedFor = TimeSpan.FromDays(4);

    /// <summary>How long passes between two looks: each costs two requests for every young entry.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Entries of one look, newest first.</summary>
    public const int Most = 100;

    /// <summary>Entries among which those are chosen.</summary>
    public const int Listed = 1_000;

    /// <summary>How long one look lasts at most; the rest, the oldest, waits for the next one.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private DateTimeOffset nextAt = DateTimeOffset.MinValue;

    /// <summary>Looks, if the last look of this process is long enough ago; call it as often as you like. What goes wrong is logged.</summary>
    public async Task RunWhenDueAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() is var now && now >= nextAt)
        {
            nextAt = now + Every;
            try
            {
                await RunAsync(documents, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e, api.Name);
            }
        }
    }

    /// <param name="documents">Where the comment and the report are, for a ticket that is without.</param>
    /// <returns>How many tickets and comments were merged.</returns>
    public async Task<int> RunAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var (now, merged) = (time.GetUtcNow(), 0);
        foreach (var entry in (await ledger.ListAsync(api.Name, Listed, cancellationToken)).Where(entry => IsDue(entry, now)).Take(Most))
        {
            if (time.GetUtcNow() - now > Longest)
            {
                break;
            }

            try
            {
                merged += await LookAsync(entry.Key, documents, cancellationToken);
            }
            catch (Exception e) when (e is TicketSystemUnavailableException or TicketGoneException or StoreUnavailableException)
            {
                LogPassedBy(api.Name, entry.Key, e.Message); // The next look comes soon.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotMended(e, api.Name, entry.Key); // One that is refused costs the others nothing.
            }
        }

        return merged;
    }

    private bool IsDue(TicketEntry entry, DateTimeOffset now)
    {
        var age = now - entry.SavedAt;
        return entry.TicketId is not null && ((age >= api.FindLag && age <= Young) || (entry.WantedState is not null && age <= MovedFor));
    }

    private async Task<int> LookAsync(string key, IDocumentStore documents, CancellationToken cancellationToken)
    {
        TicketEntry before, after;
        var merged = 0;
        await using (var ours = await tickets.LeaseAsync(key, cancellationToken))
        {
            before = ours.Entry;
            if (ours.Ticket is not { } known)
            {
                return 0;
            }

            var found = await api.FindAsync(key, cancellationToken);
            foreach (var duplicate in found.Skip(1))
            {
                await tickets.MergeAsync(duplicate, found[0], cancellationToken);
                merged++;
            }

            if (merged > 0 && found[0] is var oldest && oldest.Id != known.Id)
            {
                await ours.SaveAsync(Moved(before, oldest), cancellationToken);
                known = oldest;
            }

            foreach (var comment in (await api.FindCommentsAsync(known, Marker.Comment(key), cancellationToken)).Skip(1))
            {
                await api.EditCommentAsync(known, comment, api.Format.Render("*Said twice by mistake: the comment above is kept up to date.*", Marker.Superseded(key)), cancellationToken);
                merged++;
            }

            after = ours.Entry;
        }

        if (after.CommentId is null)
        {
            await WriteAsync(key, before.Linked, documents, cancellationToken);
        }

        if (after.WantedState is { } wanted)
        {
            await tickets.MoveAsync(key, wanted, cancellationToken);
        }

        return merged;
    }

    /// <summary>Nothing of what we know is in the other ticket.</summary>
    private static TicketEntry Moved(TicketEntry entry, RemoteTicket to) => new(entry.System, entry.Key)
    {
        TicketId = to.Id,
        TicketLabel = to.Label,
        TicketUrl = to.Url,
        CommentVersion = entry.CommentVersion,
        WantedState = entry.WantedState ?? (entry.State == TicketState.Open ? null : entry.State),
    };

    /// <summary>
    /// Into a ticket without our comment, what the analysis last said: the next one may never come. Where none was made yet,
    /// the Comment stage is about to.
    /// </summary>
    private async Task WriteAsync(string key, IReadOnlyList<string> linked, IDocumentStore documents, CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(DocumentKeys.Comment(key), cancellationToken) is not { } comment)
        {
            return;
        }

        await tickets.CommentAsync(key, Encoding.UTF8.GetString(comment), cancellationToken);
        if (await documents.GetAsync(DocumentKeys.Report(key), cancellationToken) is { } report)
        {
            await tickets.AttachAsync(key, TicketAttachment.Report(report), cancellationToken);
        }

        await tickets.LinkAsync(key, linked, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "{System}: duplicates could not be looked for")]
    private partial void LogFailed(Exception exception, string system);

    [LoggerMessage(LogLevel.Information, "{System}: duplicates of {IncidentId} are looked for later: {Reason}")]
    private partial void LogPassedBy(string system, string incidentId, string reason);

    [LoggerMessage(LogLevel.Error, "{System}: the ticket of {IncidentId} could not be mended, and is tried again")]
    private partial void LogNotMended(Exception exception, string system, string incidentId);
}
