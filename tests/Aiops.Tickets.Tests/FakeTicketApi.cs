using System.Collections.Concurrent;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets.Markdown;

namespace Aiops.Tickets.Tests;

/// <summary>A ticket system in memory whose search follows with a delay, as foreign ones do; counts what it is asked.</summary>
internal sealed class FakeTicketApi(TimeProvider time) : ITicketApi
{
    private readonly ConcurrentDictionary<int, Stored> tickets = [];
    private int lastId;

    public string Name => "Fake";

    public TimeSpan FindLag { get; init; }

    public ITicketFormat Format { get; } = new PlainFormat();

    /// <summary>What was asked of it, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Throws in a call's place, or after it, what it returns for the call's name.</summary>
    public Func<string, Exception?> Before { get; set; } = _ => null;

    public Func<string, Exception?> After { get; set; } = _ => null;

    /// <summary>From where replies were asked for.</summary>
    public List<string?> RepliesAfter { get; } = [];

    public IReadOnlyList<Stored> All => [.. tickets.Values.OrderBy(ticket => ticket.Id)];

    public void Delete(string id) => tickets.TryRemove(int.Parse(id), out _);

    public Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken) => Call("find", () =>
        (IReadOnlyList<RemoteTicket>)[.. All.Where(ticket => ticket.Key == key && time.GetUtcNow() - ticket.MadeAt >= FindLag).Select(Ticket)]);

    public Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken) => Call("create", () =>
    {
        var id = Interlocked.Increment(ref lastId);
        tickets[id] = new Stored(id, time.GetUtcNow()) { Key = key, Content = content };
        return Ticket(tickets[id]);
    });

    public Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken)
        => Call("update", () => There(ticket).Content = content);

    public Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken) => Call("find comments", () =>
        (IReadOnlyList<string>)[.. There(ticket).Comments.Where(comment => comment.Value.Contains(marker)).Select(comment => comment.Key)]);

    public Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken) => Call("add comment", () =>
    {
        var id = $"{Interlocked.Increment(ref lastId):D6}";
        There(ticket).Comments[id] = body;
        return id;
    });

    public Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken) => Call("edit comment", () =>
        There(ticket).Comments.ContainsKey(commentId) ? There(ticket).Comments[commentId] = body : throw new TicketGoneException("no such comment"));

    public Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken) => Call("move", () => There(ticket).State = state);

    public Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken) => Call("link", () =>
    {
        There(ticket).Links.Add(There(earlier).Id);
        return 0;
    });

    public Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken) => Call("attach", () => There(ticket) is not null);

    public Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken) => Call("merge", () =>
    {
        There(duplicate).Key = "";
        There(duplicate).MergedInto = There(into).Id;
        return 0;
    });

    public Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken) => Call("replies", () =>
    {
        RepliesAfter.Add(after);
        return new TicketReplies([.. There(ticket).Comments.Select(comment => new TicketReply(comment.Key, "kim", time.GetUtcNow(), comment.Value))], "read");
    });

    private Stored There(RemoteTicket ticket) => tickets.GetValueOrDefault(int.Parse(ticket.Id)) ?? throw new TicketGoneException("no such ticket");

    private Task<T> Call<T>(string what, Func<T> act)
    {
        Asked.Enqueue(what);
        try
        {
            if (Before(what) is { } refused)
            {
                throw refused;
            }

            var result = act();
            return After(what) is { } failed ? throw failed : Task.FromResult(result);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private static RemoteTicket Ticket(Stored ticket) => new($"{ticket.Id}", $"F-{ticket.Id}", $"https://fake/{ticket.Id}");

    internal sealed class Stored(int id, DateTimeOffset madeAt)
    {
        public int Id { get; } = id;

        public DateTimeOffset MadeAt { get; } = madeAt;

        public required string Key { get; set; }

        public required TicketContent Content { get; set; }

        public TicketState State { get; set; }

        public SortedDictionary<string, string> Comments { get; } = [];

        public List<int> Links { get; } = [];

        public int? MergedInto { get; set; }
    }

    private sealed class PlainFormat : ITicketFormat
    {
        public int MaxLength => int.MaxValue;

        public string Render(string markdown, string marker) => $"{markdown}\n{marker}";
    }
}
