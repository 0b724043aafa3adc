using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.Logging;

namespace Aiops.Tickets;

/// <summary>
/// One foreign system as <see cref="ITicketSystem"/>: a lease on the incident, what the ledger knows, and looking before
/// creating, once for all systems.
/// </summary>
/// <remarks>
/// Each method takes the lease, does what the ledger doesn't say was done, and writes down what it did. Whoever dies in
/// between leaves a ticket or comment with its marker, which the next one finds. Saying the same again asks nothing of the
/// system. What a person deleted is made anew as soon as something changes.
/// </remarks>
public sealed partial class RemoteTicketSystem(
    ITicketApi api, ITicketLedger ledger, RemoteTicketOptions options, TimeProvider time, ILogger<RemoteTicketSystem> logger) : ITicketSystem, ITicketReplies
{
    public string Name => api.Name;

    /// <inheritdoc/>
    /// <exception cref="TicketSystemUnavailableException">Retried by the workflow.</exception>
    /// <exception cref="TicketSystemRefusedException">A person has to mend it.</exception>
    public async Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        content = content with { Title = Marker.Disarm(content.Title), Description = Marker.Disarm(content.Description) };
        await using var ours = await LeaseAsync(key, cancellationToken);
        var digest = Digest($"{content.Severity}\n{content.Title}\n{content.Description}");
        if (ours.Ticket is { } known)
        {
            if (ours.Entry.ContentDigest == digest || await UpdatedAsync(known, key, content, cancellationToken))
            {
                await SaveIfChangedAsync(ours, ours.Entry with { ContentDigest = digest }, cancellationToken);
                return new TicketReference(known.Label, known.Url);
            }

            LogDeleted(Name, known.Label, key);
            await ours.SaveAsync(Forgotten(ours.Entry), cancellationToken);
        }

        var (ticket, found) = await RefusedWhereGoneAsync(() => ours.FindOrCreateAsync(
            token => FindAsync(key, content, token), token => api.CreateAsync(key, content, token), api.FindLag, cancellationToken));
        await ours.SaveAsync(
            ours.Entry with { TicketId = ticket.Id, TicketLabel = ticket.Label, TicketUrl = ticket.Url, ContentDigest = digest, UnansweredSince = null },
            cancellationToken);
        LogOpened(Name, ticket.Label, key, found);
        return new TicketReference(ticket.Label, ticket.Url);
    }

    /// <inheritdoc/>
    /// <remarks>Where a person deleted the whole ticket, the workflow's retry opens another.</remarks>
    /// <exception cref="KeyNotFoundException">No ticket is open for the key.</exception>
    public async Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
    {
        await using var ours = await LeaseAsync(key, cancellationToken);
        var ticket = ours.Ticket ?? throw new KeyNotFoundException($"No ticket is open for {key} in {Name}.");
        var digest = Digest(markdown);
        if (ours.Entry is { CommentId: { } same } && ours.Entry.CommentDigest == digest)
        {
            return new CommentReference(same, ours.Entry.CommentVersion);
        }

        var marker = Marker.Comment(key);
        var body = api.Format.Render(Marker.Disarm(markdown), marker);
        try
        {
            var comment = ours.Entry.CommentId;
            if (comment is null || !await EditedAsync(ticket, comment, body, cancellationToken))
            {
                (comment, var found) = await ours.FindOrCreateAsync(
                    token => OldestAsync(ticket, marker, token), token => api.AddCommentAsync(ticket, body, token), TimeSpan.Zero, cancellationToken);
                if (found && !await EditedAsync(ticket, comment, body, cancellationToken))
                {
                    throw new TicketSystemUnavailableException($"The comment in {ticket.Label} was deleted while it was edited.");
                }
            }

            var version = ours.Entry.CommentVersion + 1;
            await ours.SaveAsync(
                ours.Entry with { CommentId = comment, CommentVersion = version, CommentDigest = digest, UnansweredSince = null }, cancellationToken);
            return new CommentReference(comment, version);
        }
        catch (TicketGoneException e)
        {
            LogDeleted(Name, ticket.Label, key);
            await ours.SaveAsync(Forgotten(ours.Entry), cancellationToken);
            throw new TicketSystemUnavailableException($"{ticket.Label} was deleted; another is opened for {key}.", e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Does nothing where there is no ticket, or none any more. That it is wanted is written down before the system is asked:
    /// whatever becomes of the question, <see cref="TicketSweep"/> asks again.
    /// </remarks>
    public async Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken)
    {
        await using var ours = await NotedAsync(key, state, cancellationToken);
        if (ours is { Ticket: { } ticket, Entry.WantedState: { } wanted })
        {
            await UnlessGoneAsync(ours, ticket, async () =>
            {
                await api.MoveAsync(ticket, wanted, cancellationToken);
                await ours.SaveAsync(ours.Entry with { State = wanted, WantedState = null }, cancellationToken);
            }, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken)
    {
        List<string> asked = [.. earlierKeys.Where(earlier => earlier != key).Distinct()];
        return WithTicketAsync(key, entry => asked.Except(entry.Linked).Any(), async (ours, ticket) =>
        {
            foreach (var earlier in asked.Except(ours.Entry.Linked).ToList())
            {
                // Of an incident that left no ticket here there may be one later; a deleted one stays deleted.
                if (await ledger.FindAsync(Name, earlier, cancellationToken) is { } entry && LeasedTicket.Of(entry) is { } other)
                {
                    try
                    {
                        await api.LinkAsync(ticket, other, cancellationToken);
                    }
                    catch (TicketGoneException)
                    {
                        LogNotLinked(Name, ticket.Label, other.Label);
                    }

                    await ours.SaveAsync(ours.Entry with { Linked = [.. ours.Entry.Linked, earlier] }, cancellationToken);
                }
            }
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(attachment.Content.Span));
        return WithTicketAsync(key, entry => entry.AttachmentDigest != digest, async (ours, ticket) =>
        {
            if (!await api.AttachAsync(ticket, attachment, cancellationToken))
            {
                LogTakesNoFiles(Name, ticket.Label, attachment.Name);
            }

            await ours.SaveAsync(ours.Entry with { AttachmentDigest = digest }, cancellationToken);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TicketReplies> ReadAsync(string key, string? after, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(Name, key, cancellationToken) is not { } entry || LeasedTicket.Of(entry) is not { } ticket)
        {
            return new TicketReplies([], after);
        }

        try
        {
            // A mark says nothing in another ticket, which a merge or a new one in place of a deleted one may bring: all of it is read then.
            var ofTicket = $"{ticket.Id}:";
            var read = await api.RepliesAsync(ticket, after?.StartsWith(ofTicket, StringComparison.Ordinal) == true ? after[ofTicket.Length..] : null, cancellationToken);
            return read with { ReadTo = read.ReadTo is { } mark ? ofTicket + mark : null };
        }
        catch (TicketGoneException)
        {
            return new TicketReplies([], after);
        }
    }

    /// <inheritdoc/>
    public Task AnswerAsync(string key, string replyId, string markdown, CancellationToken cancellationToken)
    {
        var marker = Marker.Answer(key, replyId);
        return WithTicketAsync(key, _ => true, async (ours, ticket) =>
        {
            await ours.FindOrCreateAsync(
                token => OldestAsync(ticket, marker, token), token => api.AddCommentAsync(ticket, api.Format.Render(Marker.Disarm(markdown), marker), token),
                TimeSpan.Zero, cancellationToken);
            await SaveIfChangedAsync(ours, ours.Entry with { UnansweredSince = null }, cancellationToken);
        }, cancellationToken);
    }

    internal static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The lease, waited for a little while another holds it.</summary>
    internal async Task<LeasedTicket> LeaseAsync(string key, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.LeaseWait;
        while (true)
        {
            if (await ledger.TakeAsync(Name, key, options.LeaseLasts, cancellationToken) is { } lease)
            {
                return new LeasedTicket(api, ledger, options, time, lease);
            }

            if (time.GetUtcNow() >= until)
            {
                throw new TicketSystemUnavailableException($"Another worker has held the lease on {key} in {Name} for {options.LeaseWait.TotalSeconds:0} s.");
            }

            await Task.Delay(options.LeasePoll, time, cancellationToken);
        }
    }

    private async Task WithTicketAsync(
        string key, Func<TicketEntry, bool> isNeeded, Func<LeasedTicket, RemoteTicket, Task> act, CancellationToken cancellationToken)
    {
        await using var ours = await LeaseAsync(key, cancellationToken);
        if (ours.Ticket is not { } ticket || !isNeeded(ours.Entry))
        {
            return;
        }

        await UnlessGoneAsync(ours, ticket, () => act(ours, ticket), cancellationToken);
    }

    private async Task UnlessGoneAsync(LeasedTicket ours, RemoteTicket ticket, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (TicketGoneException)
        {
            LogDeleted(Name, ticket.Label, ours.Key);
            await ours.SaveAsync(Forgotten(ours.Entry), cancellationToken);
        }
    }

    // Unlike the system itself, the ledger must answer before the workflow may go on: nobody else knows what is wanted.
    private async Task<LeasedTicket> NotedAsync(string key, TicketState state, CancellationToken cancellationToken)
    {
        LeasedTicket? ours = null;
        try
        {
            ours = await LeaseAsync(key, cancellationToken);
            if (ours.Ticket is not null && (ours.Entry.WantedState ?? ours.Entry.State) != state)
            {
                await ours.SaveAsync(ours.Entry with { WantedState = state }, cancellationToken);
            }

            return ours;
        }
        catch (Exception e)
        {
            await (ours?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (e is TicketSystemUnavailableException)
            {
                throw new StoreUnavailableException($"Where {key} goes in {Name} could not be kept: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>The oldest that bears the key and is really there; a search may still show what was deleted. Others of it are merged.</summary>
    private async Task<RemoteTicket?> FindAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        RemoteTicket? stays = null;
        foreach (var ticket in await api.FindAsync(key, cancellationToken))
        {
            if (stays is null)
            {
                stays = await UpdatedAsync(ticket, key, content, cancellationToken) ? ticket : null;
            }
            else
            {
                await MergeAsync(ticket, stays, cancellationToken);
            }
        }

        return stays;
    }

    private async Task<string?> OldestAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
        => await api.FindCommentsAsync(ticket, marker, cancellationToken) is [var oldest, ..] ? oldest : null;

    internal async Task MergeAsync(RemoteTicket duplicate, RemoteTicket stays, CancellationToken cancellationToken)
    {
        try
        {
            await api.MergeAsync(duplicate, stays, cancellationToken);
            LogMerged(Name, duplicate.Label, stays.Label);
        }
        catch (TicketGoneException)
        {
            // Somebody was quicker.
        }
    }

    private async Task<bool> UpdatedAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
    {
        try
        {
            await api.UpdateAsync(ticket, key, content, cancellationToken);
            return true;
        }
        catch (TicketGoneException)
        {
            return false;
        }
    }

    private async Task<bool> EditedAsync(RemoteTicket ticket, string comment, string body, CancellationToken cancellationToken)
    {
        try
        {
            await api.EditCommentAsync(ticket, comment, body, cancellationToken);
            return true;
        }
        catch (TicketGoneException)
        {
            return false;
        }
    }

    // Nothing there when looking for or creating a ticket is a project that isn't there, or that we may not see.
    private async Task<T> RefusedWhereGoneAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (TicketGoneException e)
        {
            throw new TicketSystemRefusedException(
                $"{Name} has no such project, or doesn't show it to our account: {e.Message}", "Compare url and project in the settings, and the account's rights, with docs/tickets.md.", e);
        }
    }

    private static Task SaveIfChangedAsync(LeasedTicket ours, TicketEntry entry, CancellationToken cancellationToken)
        => entry == ours.Entry ? Task.CompletedTask : ours.SaveAsync(entry, cancellationToken);

    private static TicketEntry Forgotten(TicketEntry entry) => new(entry.System, entry.Key) { CommentVersion = entry.CommentVersion };

    [LoggerMessage(LogLevel.Information, "{System}: {Ticket} is open for {IncidentId} (found: {Found})")]
    private partial void LogOpened(string system, string ticket, string incidentId, bool found);

    [LoggerMessage(LogLevel.Warning, "{System}: {Ticket} of {IncidentId} was deleted there; it is made anew when something changes")]
    private partial void LogDeleted(string system, string ticket, string incidentId);

    [LoggerMessage(LogLevel.Warning, "{System}: {Duplicate} was closed as a duplicate of {Ticket}")]
    private partial void LogMerged(string system, string duplicate, string ticket);

    [LoggerMessage(LogLevel.Information, "{System}: {Ticket} is not linked to {Earlier}, which was deleted")]
    private partial void LogNotLinked(string system, string ticket, string earlier);

    [LoggerMessage(LogLevel.Debug, "{System} takes no files: {Ticket} is without {Name}, and the comment links to the report")]
    private partial void LogTakesNoFiles(string system, string ticket, string name);
}
