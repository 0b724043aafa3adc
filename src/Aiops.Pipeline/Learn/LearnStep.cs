using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Aiops.Pipeline.Review.Tickets;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Learn;

/// <param name="Review">How the waiting ended.</param>
public sealed record LearnInput(string IncidentId, int Round, ReviewSignal Review);

/// <param name="Learned">Whether a case was written: only a review teaches.</param>
public sealed record LearnOutput(Verdict Verdict, bool Learned);

/// <summary>
/// Records the outcome, turns a review into a case that later incidents are compared with, moves the ticket and closes the
/// incident. Doing it twice writes the same documents again.
/// </summary>
public sealed partial class LearnStep(
    IIncidents incidents, IncidentDesk desk, IReviewDesk reviews, IDocumentStore documents, ICaseBook cases, ITicketSystem tickets, TimeProvider time, ILogger<LearnStep> logger)
{
    private readonly ReplyRecords helpful = new(documents);

    /// <exception cref="TicketSystemUnavailableException">Retried by the workflow.</exception>
    public async Task<LearnOutput> RunAsync(LearnInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var output = await RecordAsync(incident, input.Review.Outcome ?? WithoutReview(incident, input.Review.Signal), input.Round, cancellationToken);
        await tickets.MoveAsync(incident.Id, TicketState.Resolved, cancellationToken);

        // Nobody analyses it from here on, so what fires next must open an incident of its own, which links back.
        await desk.CloseAsync(incident.Id, cancellationToken);

        // Somebody may have reviewed it since the workflow last waited: from now on reviews find it closed, so this look is the last.
        if (await reviews.FindAsync(incident.Id, cancellationToken) is { Signal: { Outcome: { } reviewed } } left)
        {
            output = await RecordAsync(incident, reviewed, input.Round, cancellationToken);
            await reviews.ClearAsync(left, cancellationToken);
        }

        return output;
    }

    private async Task<LearnOutput> RecordAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
    {
        // That it wasn't what was named is learned too: how often the analysis is right is counted over all that people judged.
        var learned = outcome.Verdict is Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected;
        if (await NewerAsync(outcome, learned, cancellationToken) is { } newer)
        {
            LogPassedOver(incident.Id, outcome.Verdict, newer.Verdict);
            return new LearnOutput(newer.Verdict, Learned: false);
        }

        outcome = learned ? await helpful.AddedToAsync(outcome, cancellationToken) : outcome;
        await KeepAsync(outcome, cancellationToken);
        if (learned && await helpful.AddedToAsync(outcome, cancellationToken) is var more && (more.Helped.Count > outcome.Helped.Count || more.Severity != outcome.Severity))
        {
            await KeepAsync(outcome = more, cancellationToken); // Said while it was written: whoever said it may not have seen it.
        }

        if (learned)
        {
            await cases.WriteAsync(incident, outcome, round, cancellationToken);
        }

        LogLearned(incident.Id, outcome.Verdict);
        return new LearnOutput(outcome.Verdict, learned);
    }

    /// <summary>The review on record that this must not overwrite: one given later, or any where nobody judged. Null where there is none.</summary>
    private async Task<Outcome?> NewerAsync(Outcome outcome, bool judged, CancellationToken cancellationToken)
        => await documents.GetAsync(DocumentKeys.Outcome(outcome.IncidentId), cancellationToken) is { } json
            && JsonSerializer.Deserialize(json, LearnJson.Default.Outcome) is { Verdict: Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected } kept
            && (!judged || kept.At > outcome.At)
                ? kept
                : null;

    private Task KeepAsync(Outcome outcome, CancellationToken cancellationToken)
        => documents.PutAsync(DocumentKeys.Outcome(outcome.IncidentId), JsonSerializer.SerializeToUtf8Bytes(outcome, LearnJson.Default.Outcome), cancellationToken);

    private Outcome WithoutReview(Incident incident, ReviewSignalKind signal) => new()
    {
        IncidentId = incident.Id,
        Verdict = signal is ReviewSignalKind.Resolved ? Verdict.Resolved : Verdict.Unreviewed,
        Reviewer = "aiops",
        At = time.GetUtcNow(),
    };

    [LoggerMessage(LogLevel.Information, "Passed over {Verdict} of {IncidentId}: {Newer} is on record")]
    private partial void LogPassedOver(string incidentId, Verdict verdict, Verdict newer);

    [LoggerMessage(LogLevel.Information, "Learned from {IncidentId}: {Verdict}")]
    private partial void LogLearned(string incidentId, Verdict verdict);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LearnInput))]
[JsonSerializable(typeof(LearnOutput))]
[JsonSerializable(typeof(Outcome))]
public sealed partial class LearnJson : JsonSerializerContext;
