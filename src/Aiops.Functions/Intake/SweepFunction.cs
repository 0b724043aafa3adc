using System.Text.Json;
using Aiops.Functions.Comment;
using Aiops.Functions.Reason;
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
/// time, the ticket system, and whether a model that incidents wait for is back.
/// </summary>
public sealed partial class SweepFunction(
    FunctionRun run, CurrentIntake intake, CurrentTickets tickets, CurrentReplies replies, CurrentModel model, IIncidentStore incidents, IDocumentStore documents, ReviewStep review,
    FunctionMetrics metrics, TimeProvider time, ILogger<SweepFunction> logger)
{
    /// <summary>How long the ticket system is spoken with in one run; the function has 50 s.</summary>
    public static readonly TimeSpan TicketsTake = TimeSpan.FromSeconds(30);

    /// <summary>How long one run takes at most to ask whether the model is back, and to send round who waits for it.</summary>
    public static readonly TimeSpan ModelTakes = TimeSpan.FromSeconds(10);

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

        await WithinAsync(TicketsTake, within => TryTicketsAsync(within, token), token);
        await WithinAsync(ModelTakes, within => TryModelAsync(within, token), token);
        swept.ThrowFailures(); // Lambda counts it as an error, and the alarm on that tells people.
        return input;
    });

    private async Task WithinAsync(TimeSpan most, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await work(either.Token);
    }

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

    // Once a run at most: nobody else calls it, and what it asks is one request. It asks nobody while no incident waits.
    private async Task TryModelAsync(CancellationToken within, CancellationToken cancellationToken)
    {
        try
        {
            if (await model.InForceAsync(within) is { Return: { } back })
            {
                metrics.Count("ModelReturns", await back.RunWhenDueAsync(within));
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogModelLeft(e);
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

    [LoggerMessage(LogLevel.Warning, "Whether the model is back is left to the next minute")]
    private partial void LogModelLeft(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The rest of the ticket system's work is left to the next minute")]
    private partial void LogTicketsLeft(Exception exception);
}
