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
    private readonly ReplyRecords records = new(documents);
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
        await replies.AnswerAsync(incidentId, reply.Id, record.Answer, cancellationToken);
        return record;
    }

    private async Task<ReplyRecord> ActAsync(string incidentId, TicketReply reply, IReadOnlyList<ReviewCommand> commands, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incidentId, cancellationToken);
        var report = await reports.ReadAsync(incidentId, round, cancellationToken);
        var review = new ReplyReview(report, reply, mayReview: reviewers.Contains(reply.Author, StringComparer.Ordinal), explanation);
        foreach (var command in commands)
        {
            review.Take(command);
        }

        if (review.Outcome is { } outcome)
        {
            outcome = await records.AddedToAsync(outcome with { Helped = review.Helped }, cancellationToken);
            review.Tell(await reviews.TakeAsync(await incidents.GetAsync(incidentId, cancellationToken), outcome, cancellationToken) switch
            {
                "workflow" => "Noted, and learned from now.",
                "later" => "Noted; it is learned from as soon as the analysis that is under way is done.",
                _ => "Noted; the incident was closed, so it is learned from on its own.",
            });
            return new ReplyRecord(reply.Id, reply.Author, reply.At, outcome, review.Helped, review.Answer);
        }

        return new ReplyRecord(reply.Id, reply.Author, reply.At, null, review.Helped, review.Answer);
    }

    // What helped is often said after the review. A review that is recorded meanwhile reads what helped after it is written,
    // and this reads the review after what helped is written: one of the two sees the other.
    private async Task AddToOutcomeAsync(string incidentId, ReplyRecord record, CancellationToken cancellationToken)
    {
        if (record is { Outcome: null, Helped.Count: > 0 }
            && await documents.GetAsync(DocumentKeys.Outcome(incidentId), cancellationToken) is { } json
            && JsonSerializer.Deserialize(json, LearnJson.Default.Outcome) is { Verdict: Verdict.Confirmed or Verdict.Corrected } recorded
            && record.Helped.Except(recorded.Helped).Any())
        {
            var outcome = await records.AddedToAsync(recorded, cancellationToken);
            await reviews.TakeAsync(await incidents.GetAsync(incidentId, cancellationToken), outcome, cancellationToken);
        }
    }
}
