using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Aiops.Pipeline.Review.Tickets;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Review;

/// <summary>Looks for what people wrote into tickets of the system in force; made anew where that became another.</summary>
public sealed class CurrentReplies(
    ITicketLedger ledger, IIncidentStore incidents, IIncidents read, IDocumentStore documents, IIncidentReports reports, LateReview reviews,
    TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>As <see cref="ReplyPoll.Longest"/>: what a function of a minute has left for it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private (ForeignTickets Of, ReplyPoll Poll)? kept;

    /// <returns>Null where no system is connected.</returns>
    public ReplyPoll? Poll(ForeignTickets foreign)
    {
        if (foreign is not { Tickets: { } system, Replies: { } replies })
        {
            return null;
        }

        if (kept is not { } known || !ReferenceEquals(known.Of, foreign))
        {
            var commands = new ReplyReader(foreign.Reviewers, replies, read, documents, reports, reviews);
            var looking = new TicketReviews(system.Name, replies, ledger, commands, loggers.CreateLogger<TicketReviews>());
            kept = known = (foreign, new ReplyPoll(looking, incidents, time) { Longest = Longest });
        }

        return known.Poll;
    }
}
