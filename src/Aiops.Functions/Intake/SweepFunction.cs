using System.Text.Json;
using Aiops.Functions.Comment;
using Aiops.Functions.Running;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel; // Lambda has one too.

namespace Aiops.Functions.Intake;

/// <summary>Every minute: holds and windows that ended, executions not started, signals not delivered.</summary>
public sealed partial class SweepFunction(
    FunctionRun run, CurrentIntake intake, CurrentTickets tickets, IIncidentStore incidents, ReviewStep review, FunctionMetrics metrics, ILogger<SweepFunction> logger)
{
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

        if ((await tickets.ForeignAsync(token)).Sweep is { } mergeDuplicates)
        {
            await mergeDuplicates(token);
        }

        swept.ThrowFailures(); // Lambda counts it as an error, and the alarm on that tells people.
        return input;
    });

    [LoggerMessage(LogLevel.Error, "The execution of {IncidentId} is not started yet: {Problem}")]
    private partial void LogNotStarted(string incidentId, string problem);
}
