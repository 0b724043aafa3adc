using System.Collections.Concurrent;
using System.Globalization;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Pipeline.Review.Tickets;

namespace Aiops.Tests.Pipeline.Review;

/// <summary>A ticket system in memory, in which people write and we answer; a chat besides.</summary>
internal sealed class FakeTickets(ITicketLedger ledger) : ITicketSystem, ITicketReplies, INoticeChannel
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<TicketReply>> replies = new();
    private int next;

    /// <summary>What we answered, by reply.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>Answers that were another the second time.</summary>
    public ConcurrentQueue<string> Changed { get; } = new();

    /// <summary>What the chat was told, in order.</summary>
    public ConcurrentQueue<Notice> Told { get; } = new();

    public string Name => "Desk";

    /// <summary>Called with each look for replies.</summary>
    public Action Reading { get; set; } = () => { };

    /// <summary>How many times it fails to take an answer.</summary>
    public int AnswersRefused { get; set; }

    /// <summary>Replies whose answer breaks something, whatever it says.</summary>
    public HashSet<string> Poisoned { get; } = [];

    public string Write(string key, string author, string text, DateTimeOffset at)
    {
        var id = Interlocked.Increment(ref next).ToString(CultureInfo.InvariantCulture);
        replies.GetOrAdd(key, _ => new()).Enqueue(new TicketReply(id, author, at, text));
        return id;
    }

    public Task<TicketReplies> ReadAsync(string key, string? after, CancellationToken cancellationToken)
    {
        Reading();
        var from = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var all = replies.TryGetValue(key, out var written) ? written.ToArray() : [];
        return Task.FromResult(new TicketReplies([.. all.Skip(from)], all.Length.ToString(CultureInfo.InvariantCulture)));
    }

    public Task AnswerAsync(string key, string replyId, string markdown, CancellationToken cancellationToken)
    {
        if (AnswersRefused > 0)
        {
            AnswersRefused--;
            throw new TicketSystemUnavailableException("not now");
        }

        if (Poisoned.Contains(replyId))
        {
            throw new FormatException("its author is no text");
        }

        ReviewCommands.Read(markdown).ShouldBeEmpty(); // Even if it were read back, it would ask for nothing.
        if (!Answers.TryAdd(replyId, markdown) && Answers[replyId] != markdown)
        {
            Changed.Enqueue(replyId);
        }

        return Task.CompletedTask;
    }

    public Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken)
    {
        Told.Enqueue(notice);
        return Task.CompletedTask;
    }

    public async Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        if (await ledger.TakeAsync(Name, key, TimeSpan.FromMinutes(1), cancellationToken) is { } lease)
        {
            await ledger.SaveAsync(lease with { Entry = lease.Entry with { TicketId = $"T-{key}", TicketLabel = $"OPS-{key}" } }, cancellationToken);
            await ledger.ReleaseAsync(lease, cancellationToken);
        }

        return new TicketReference($"T-{key}", $"https://desk/T-{key}");
    }

    public Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken) => Task.FromResult(new CommentReference("1", 1));

    public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Task.CompletedTask;
}
