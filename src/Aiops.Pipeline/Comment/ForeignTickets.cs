using Aiops.Pipeline.Review;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Comment;

/// <summary>The ticket system and the channels that a host is connected to; each may be absent.</summary>
public sealed record ForeignTickets
{
    public static ForeignTickets None { get; } = new();

    public ITicketSystem? Tickets { get; init; }

    /// <summary>What people write into its tickets.</summary>
    public ITicketReplies? Replies { get; init; }

    public IReadOnlyList<INoticeChannel> Notices { get; init; } = [];

    /// <summary>Accounts whose commands count, in the system's own terms.</summary>
    public IReadOnlyList<string> Reviewers { get; init; } = [];

    /// <summary>The key that the system signs its webhooks with, read when it is needed; null where none is set.</summary>
    public Func<CancellationToken, ValueTask<string>>? WebhookSecret { get; init; }

    /// <summary>
    /// Merges what was made twice and moves what couldn't be moved; does nothing until it is due, so call it as often as you
    /// like. Throws nothing but a cancellation.
    /// </summary>
    public Func<IDocumentStore, CancellationToken, Task>? Sweep { get; init; }

    /// <summary>Where tickets go: our own record alone, or that and the system where people work.</summary>
    public ITicketSystem Over(IBuiltInTickets own, ILoggerFactory loggers)
        => Tickets is null ? own : new MirroredTickets(own, Tickets, loggers.CreateLogger<MirroredTickets>());
}
