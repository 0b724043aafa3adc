using Aiops.Aws;
using Aiops.Aws.Sqs;
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
public sealed partial class IntakeFunction(
    FunctionRun run, CurrentIntake intake, SqsTriggerQueue queue, AwsHostSettings settings, FunctionMetrics metrics, ILogger<IntakeFunction> logger)
{
    [LambdaFunction]
    public Task<SQSBatchResponse> Intake(SQSEvent input, ILambdaContext context) => run.RunAsync(context, token => DecideAsync(input, token));

    private async Task<SQSBatchResponse> DecideAsync(SQSEvent input, CancellationToken cancellationToken)
    {
        List<SQSBatchResponse.BatchItemFailure> failures = [];
        List<(string Id, QueuedEvent Event)> taken = [];
        foreach (var message in input.Records)
        {
            try
            {
                taken.Add((message.MessageId, await queue.TakeAsync(LambdaMessages.LaneOf(message, settings), LambdaMessages.Received(message), cancellationToken)));
            }
            catch (Exception e) when (e is not OperationCanceledException) // One whose body can't be had must not keep the others.
            {
                ComesAgain(message.MessageId, $"it could not be read: {e.Message}", failures);
            }
        }

        var batch = await intake.BatchAsync(cancellationToken);
        var consumed = await batch.DecideAsync([.. taken.Select(one => one.Event)], cancellationToken);
        foreach (var ((id, _), one) in taken.Zip(consumed))
        {
            if ((one.Failure ?? await SetAsideAsync(one, cancellationToken)) is { } problem)
            {
                ComesAgain(id, problem, failures);
            }
        }

        Count(consumed, failures.Count);
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
            await queue.SetAsideAsync(consumed.Message, reason, cancellationToken);
            LogSetAside(consumed.Message.MessageId, reason);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"it could not be set aside: {e.Message}";
        }
    }

    private void ComesAgain(string messageId, string problem, List<SQSBatchResponse.BatchItemFailure> failures)
    {
        LogComesAgain(messageId, problem);
        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = messageId });
    }

    private void Count(IReadOnlyList<ConsumedEvent> consumed, int failed)
    {
        metrics.Count("Events", consumed.Count);
        metrics.Count("EventsFailed", failed);
        metrics.Count("EventsSetAside", consumed.Count(one => one.DeadLetterReason is not null));
        foreach (var outcome in consumed.SelectMany(one => one.Decisions).GroupBy(decision => decision.Outcome))
        {
            metrics.Count($"Alarms{outcome.Key}", outcome.Count());
        }
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} comes again: {Problem}")]
    private partial void LogComesAgain(string messageId, string problem);

    [LoggerMessage(LogLevel.Warning, "Set aside message {MessageId}: {Reason}")]
    private partial void LogSetAside(string messageId, string reason);
}
