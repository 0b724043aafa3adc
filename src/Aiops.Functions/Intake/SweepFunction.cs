using System.Text.Json;
using Aiops.Functions.Comment;
using Aiops.Functions.Review;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel; // Lambda has one too.

namespace Aiops.Functions.Intake;

/// <summary>
/// Every minute: holds and windows that ended, executions not started, signals not delivered; then, within what is left of the
/// time, the ticket system.
/// </summary>
public sealed partial class SweepFunction(
    FunctionRun run, CurrentIntake intake, CurrentTickets tickets, CurrentReplies replies, IIncidentStore incidents, IDocumentStore documents, ReviewStep review,
    FunctionMetrics metrics, TimeProvider time, ILogger<SweepFunction> logger)
{
    /// <summary>How long the ticket system is spoken with in one run; the function has 50 s.</summary>
    public static readonly TimeSpan TicketsTake = TimeSpan.FromSeconds(30);

    [LambdaFunction]
    public Task<JsonElement> Sweep(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var swept = await new IncidentSweep(incidents, await intake.SweepAsync(token), review).RunAsync(token);
        metrics.Count("AlarmsTakenUp", swept.Intake.Decisions.Count);
        metrics.Count("SignalsDelivered", swept.Signals);
        metrics.Count("ExecutionsNotStarted", swept.Intake.NotStarted.Count);
        foreach (var (incident, problem) in swept.Intake.NotStarted)
        {
            LogNotStarted(incident, problem);
        }

        using CancellationTokenSource limit = new(TicketsTake, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        await TryTicketsAsync(either.Token, token);
        swept.ThrowFailures(); // Lambda counts it as an error, and the alarm on that tells people.
        return input;
    });

    // A ticket system that is slow or away is none of intake's faults, and the next minute tries again.
    private async Task TryTicketsAsync(CancellationToken within, CancellationToken cancellationToken)
    {
        try
        {
            var foreign = await tickets.ForeignAsync(within);
            await Task.WhenAll(foreign.Sweep?.Invoke(documents, within) ?? Task.CompletedTask, ReadRepliesAsync(foreign, within));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogTicketsLeft(e);
        }
    }

    private async Task ReadRepliesAsync(ForeignTickets foreign, CancellationToken cancellationToken)
    {
        if (replies.Poll(foreign) is not { } poll)
        {
            return;
        }

        var (taken, failures) = await poll.RunWhenDueAsync(cancellationToken);
        metrics.Count("RepliesTaken", taken);
        foreach (var failure in failures)
        {
            LogNotRead(failure.Message); // Read with the next look.
        }
    }

    [LoggerMessage(LogLevel.Error, "The execution of {IncidentId} is not started yet: {Problem}")]
    private partial void LogNotStarted(string incidentId, string problem);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogNotRead(string problem);

    [LoggerMessage(LogLevel.Warning, "The rest of the ticket system's work is left to the next minute")]
    private partial void LogTicketsLeft(Exception exception);
}
