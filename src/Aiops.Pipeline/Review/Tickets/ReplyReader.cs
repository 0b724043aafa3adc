using System.Text.Json;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>
/// Does what one reply asks for, once. The order is act, write down, answer: whoever dies in between acts again, which gives
/// the same review of the same time, and that is learned once.
/// </summary>
/// <param name="reviewers">Accounts whose reviews count, as the system names them, to the letter.</param>
public sealed class ReplyReader(
    IReadOnlyList<string> reviewers, ITicketReplies replies, IIncidents incidents, IDocumentStore documents, IIncidentReports reports, LateReview reviews)
{
    /// <summary>Replies of somebody who is no reviewer that are answered in a ticket within a day; the next is told so, further ones nothing.</summary>
    public const int AnsweredOfStrangers = 5;

    private readonly ReplyRecords records = new(documents);
    private readonly SeenReports seen = new(documents, reports);
    private readonly Explanation explanation = new(SecretMask.Mask);

    /// <returns>What was done, or had been; null when the reply asks for nothing.</returns>
    public async Task<ReplyRecord?> TakeAsync(string incidentId, TicketReply reply, CancellationToken cancellationToken)
    {
        var commands = ReviewCommands.Read(reply.Text);
        if (commands.Count == 0)
        {
            return null;
        }

        var record = await records.FindAsync(incidentId, reply.Id, cancellationToken);
        if (record is null)
        {
            record = await ActAsync(incidentId, reply, commands, cancellationToken);
            await records.KeepAsync(incidentId, record, cancellationToken);
        }

        await AddToOutcomeAsync(incidentId, record, cancellationToken);
        if (record.Answer.Length > 0)
        {
            await replies.AnswerAsync(incidentId, reply.Id, record.Answer, cancellationToken);
        }

        return record;
    }

    /// <summary>It failed too often: it is passed by from now on, and whoever wrote it is told. What was already done stays.</summary>
    public async Task GiveUpAsync(string incidentId, TicketReply reply, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(incidentId, reply.Id, cancellationToken);
        if (record is null)
        {
            record = new ReplyRecord(
                reply.Id, reply.Author, reply.At, null, [], "I couldn't do what this asks for, and have given up. Please say it again, or in the console; whoever runs Aiops finds the reason in its log.\n");
            await records.KeepAsync(incidentId, record, cancellationToken);
            await replies.AnswerAsync(incidentId, reply.Id, record.Answer, cancellationToken);
        }
    }

    private async Task<ReplyRecord> ActAsync(string incidentId, TicketReply reply, IReadOnlyList<ReviewCommand> commands, CancellationToken cancellationToken)
    {
        var mayReview = reviewers.Contains(reply.Author, StringComparer.Ordinal);
        if (!mayReview && await records.OfDayAsync(incidentId, reply.Author, reply.At, cancellationToken) is >= AnsweredOfStrangers and var asked)
        {
            return new ReplyRecord(reply.Id, reply.Author, reply.At, null, [], asked > AnsweredOfStrangers ? "" : "That is all that I answer you here today.\n");
        }

        var read = await seen.ReadAsync(incidentId, reply.At, cancellationToken);
        var review = new ReplyReview(read, reply, mayReview, explanation);
        foreach (var command in commands)
        {
            review.Take(command);
        }

        if (review.Outcome is { } outcome)
        {
            outcome = await records.AddedToAsync(outcome with { Helped = review.Helped, Severity = review.Severity }, cancellationToken);
            review.Tell(await reviews.TakeAsync(await incidents.GetAsync(incidentId, cancellationToken), outcome, cancellationToken) switch
            {
                "workflow" => "Noted, and learned from now.",
                "later" => "Noted; it is learned from as soon as the analysis that is under way is done.",
                _ => "Noted; the incident was closed, so it is learned from on its own.",
            });
            return new ReplyRecord(reply.Id, reply.Author, reply.At, outcome, review.Helped, review.Answer) { Severity = review.Severity };
        }

        return new ReplyRecord(reply.Id, reply.Author, reply.At, null, review.Helped, review.Answer) { Severity = review.Severity };
    }

    // What helped is often said after the review. A review that is recorded meanwhile reads what helped after it is written,
    // and this reads the review after what helped is written: one of the two sees the other.
    private async Task AddToOutcomeAsync(string incidentId, ReplyRecord record, CancellationToken cancellationToken)
    {
        if (record is { Outcome: null } && (record.Helped.Count > 0 || record.Severity is not null)
            && await documents.GetAsync(DocumentKeys.Outcome(incidentId), cancellationToken) is { } json
            && JsonSerializer.Deserialize(json, LearnJson.Default.Outcome) is { Verdict: Verdict.Confirmed or Verdict.Corrected } recorded
            && await records.AddedToAsync(recorded, cancellationToken) is var outcome
            && (record.Helped.Except(recorded.Helped).Any() || outcome.Severity != recorded.Severity))
        {
            await reviews.TakeAsync(await incidents.GetAsync(incidentId, cancellationToken), outcome, cancellationToken);
        }
    }
}
