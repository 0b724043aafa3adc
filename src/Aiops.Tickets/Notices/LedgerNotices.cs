using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aiops.Pipeline.Comment;

namespace Aiops.Tickets.Notices;

/// <summary>What all channels share: one message an incident, told once a content, by the ledger and under its lease.</summary>
/// <remarks>
/// A channel that died between the message and the record of it sends it again: chats have no key to look for. Where a channel
/// can edit, that is the one message twice at the worst; the window is the time of one request.
/// </remarks>
public abstract class LedgerNotices(ITicketLedger ledger, string ledgerName) : INoticeChannel
{
    private static readonly TimeSpan LeaseLasts = TimeSpan.FromMinutes(2);

    public abstract string Name { get; }

    public async Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken)
    {
        var digest = Digest(notice);
        if ((await ledger.FindAsync(ledgerName, key, cancellationToken))?.CommentDigest == digest)
        {
            return;
        }

        var lease = await ledger.TakeAsync(ledgerName, key, LeaseLasts, cancellationToken)
            ?? throw new TicketSystemUnavailableException($"Another worker is telling {Name} of {key}.");
        try
        {
            if (lease.Entry.CommentDigest == digest)
            {
                return;
            }

            var (conversation, message) = await SendAsync(key, notice, lease.Entry, cancellationToken);
            await ledger.SaveAsync(
                lease with
                {
                    Entry = lease.Entry with { TicketId = conversation, CommentId = message, CommentDigest = digest, CommentVersion = lease.Entry.CommentVersion + 1, State = notice.State },
                },
                cancellationToken);
        }
        catch (TicketGoneException e)
        {
            throw new TicketSystemRefusedException($"{Name} isn't there (any more): {e.Message}", "Compare its address in the settings with docs/tickets.md.", e);
        }
        finally
        {
            await ledger.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    /// <param name="earlier">Where the earlier message is, if there is one.</param>
    /// <returns>Where the message is, and its id, as far as the channel says.</returns>
    protected abstract Task<(string? Conversation, string? Message)> SendAsync(string key, Notice notice, TicketEntry earlier, CancellationToken cancellationToken);

    // The report's address may hold a signature that is another each time; it isn't what is told.
    private static string Digest(Notice notice) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize([notice.Title, WithoutAddress(notice.Text, notice), WithoutAddress(notice.Markdown, notice), notice.Severity.ToString(), notice.State.ToString()], DigestJson.Default.StringArray))));

    private static string WithoutAddress(string text, Notice notice) => notice.ReportUrl.Length == 0 ? text : text.Replace(notice.ReportUrl, "", StringComparison.Ordinal);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class DigestJson : System.Text.Json.Serialization.JsonSerializerContext;
