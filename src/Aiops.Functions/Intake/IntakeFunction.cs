using Aiops.Functions.Running;
using Aiops.Pipeline.Intake.Queue;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel; // Lambda has one too.

namespace Aiops.Functions.Intake;

/// <summary>
/// The queue's consumer. A message is reported as failed, and so comes again, unless all of it was decided and committed and
/// every execution concerned runs; order is kept by the conditional write of a scope, not by the queue.
/// </summary>
public sealed partial class IntakeFunction(FunctionRun run, CurrentIntake intake, ILaneMessages messages, FunctionMetrics metrics, ILogger<IntakeFunction> logger)
{
    [LambdaFunction]
    public Task<SQSBatchResponse> Intake(SQSEvent input, ILambdaContext context) => run.RunAsync(context, token => DecideAsync(input, token));

    private async Task<SQSBatchResponse> DecideAsync(SQSEvent input, CancellationToken cancellationToken)
    {
        var batch = await intake.BatchAsync(cancellationToken);
        var consumed = await batch.DecideAsync([.. input.Records.Select(messages.Read)], cancellationToken);
        List<SQSBatchResponse.BatchItemFailure> failures = [];
        foreach (var one in consumed)
        {
            var problem = one.Failure ?? await SetAsideAsync(one, cancellationToken);
            if (problem is not null)
            {
                LogComesAgain(one.Message.MessageId, problem);
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = one.Message.MessageId });
            }
        }

        metrics.Count("Events", consumed.Count);
        metrics.Count("EventsFailed", failures.Count);
        metrics.Count("EventsSetAside", consumed.Count(one => one.DeadLetterReason is not null));
        foreach (var outcome in consumed.SelectMany(one => one.Decisions).GroupBy(decision => decision.Outcome))
        {
            metrics.Count($"Alarms{outcome.Key}", outcome.Count());
        }

        return new SQSBatchResponse(failures);
    }

    /// <returns>Why it must come again; null when it is set aside, or needn't be.</returns>
    private async Task<string?> SetAsideAsync(ConsumedEvent consumed, CancellationToken cancellationToken)
    {
        if (consumed.DeadLetterReason is not { } reason)
        {
            return null;
        }

        try
        {
            await messages.SetAsideAsync(consumed.Message, reason, cancellationToken);
            LogSetAside(consumed.Message.MessageId, reason);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException) // One that can't be set aside must not keep the others.
        {
            return $"it could not be set aside: {e.Message}";
        }
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} comes again: {Problem}")]
    private partial void LogComesAgain(string messageId, string problem);

    [LoggerMessage(LogLevel.Warning, "Set aside message {MessageId}: {Reason}")]
    private partial void LogSetAside(string messageId, string reason);
}
