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
/// Records the outcome, turns a review into a case that later incidents are compared with, closes the incident, moves the
/// ticket and tells chats that it is over. Doing it twice writes the same documents again.
/// </summary>
/// <remarks>
/// An incident left open would swallow later alarms, so nothing that another system does or doesn't keeps it from its end: a
/// ticket that can't be moved now is moved by the sweep, and a chat that can't be told is logged.
/// </remarks>
public sealed partial class LearnStep(
    IIncidents incidents, IncidentDesk desk, IReviewDesk reviews, IDocumentStore documents, ICaseBook cases, ITicketSystem tickets,
    IReadOnlyList<INoticeChannel> channels, TimeProvider time, ILogger<LearnStep> logger)
{
    /// <summary>How long tickets and chats are waited for in all: well within the stage's 55 s.</summary>
    public static readonly TimeSpan TellingTakes = TimeSpan.FromSeconds(25);

    private readonly ReplyRecords helpful = new(documents);

    /// <exception cref="StoreUnavailableException">Retried by the workflow.</exception>
    public async Task<LearnOutput> RunAsync(LearnInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var output = await RecordAsync(incident, input.Review.Outcome ?? WithoutReview(incident, input.Review.Signal), input.Round, cancellationToken);

        // Nobody analyses it from here on, so what fires next must open an incident of its own, which links back.
        await desk.CloseAsync(incident.Id, cancellationToken);
        await TellAsync(incident.Id, cancellationToken);

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

    private async Task TellAsync(string incidentId, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(TellingTakes, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        List<Task> told = [TryAsync(incidentId, $"move the ticket in {tickets.Name}", token => tickets.MoveAsync(incidentId, TicketState.Resolved, token), either.Token, cancellationToken)];
        if (channels.Count > 0 && await documents.GetAsync(DocumentKeys.Notice(incidentId), cancellationToken) is { } json)
        {
            var over = JsonSerializer.Deserialize(json, NoticeJson.Default.Notice)! with { State = TicketState.Resolved };
            told.AddRange(channels.Select(channel => TryAsync(incidentId, $"tell {channel.Name}", token => channel.NotifyAsync(incidentId, over, token), either.Token, cancellationToken)));
        }

        await Task.WhenAll(told);
    }

    private async Task TryAsync(string incidentId, string what, Func<CancellationToken, Task> act, CancellationToken within, CancellationToken cancellationToken)
    {
        try
        {
            await act(within);
        }
        catch (Exception e) when (e is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            LogNotDone(e, incidentId, what);
        }
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

    [LoggerMessage(LogLevel.Warning, "{IncidentId} is closed, but could not {What}")]
    private partial void LogNotDone(Exception exception, string incidentId, string what);

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
