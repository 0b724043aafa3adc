using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Review;

/// <param name="TaskToken">What the workflow waits for.</param>
public sealed record ReviewInput(string IncidentId, int Round, string TaskToken);

/// <param name="Waiting">False when a signal was already waiting, and the workflow has its answer.</param>
public sealed record ReviewOutput(bool Waiting);

/// <summary>
/// Brings a waiting workflow and what people or intake have to say together. A signal is first left, then sent, then
/// forgotten: whoever dies in between leaves it for <see cref="DeliverAllAsync"/>, and sending twice is harmless.
/// </summary>
public sealed partial class ReviewStep(IReviewDesk desk, IWorkflowCallbacks workflow, ILogger<ReviewStep> logger)
{
    /// <summary>The state <c>AwaitReview</c>: lays down the token.</summary>
    public async Task<ReviewOutput> RunAsync(ReviewInput input, CancellationToken cancellationToken)
    {
        var pending = await desk.LayDownAsync(input.IncidentId, input.TaskToken, cancellationToken);
        return new ReviewOutput(!await DeliverAsync(pending, cancellationToken));
    }

    /// <summary>Something happened to the incident. Delivered now if its workflow waits, else as soon as it does.</summary>
    public async Task<bool> SignalAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
        => await DeliverAsync(await desk.LeaveAsync(incidentId, signal, cancellationToken), cancellationToken);

    /// <summary>The sweep: sends what was left and not sent. One that can't be sent keeps no other back.</summary>
    public async Task<(int Count, IReadOnlyList<Exception> Failures)> DeliverAllAsync(CancellationToken cancellationToken)
    {
        var delivered = 0;
        List<Exception> failures = [];
        foreach (var pending in await desk.DeliverableAsync(cancellationToken))
        {
            try
            {
                delivered += await DeliverAsync(pending, cancellationToken) ? 1 : 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(new InvalidOperationException($"The signal of {pending.IncidentId} could not be delivered: {e.Message}", e));
            }
        }

        return (delivered, failures);
    }

    private async Task<bool> DeliverAsync(PendingReview pending, CancellationToken cancellationToken)
    {
        if (pending is not { TaskToken: { } token, Signal: { } signal })
        {
            return false;
        }

        var json = JsonSerializer.Serialize(signal, ReviewJson.Default.ReviewSignal);
        var taken = await workflow.SendTaskSuccessAsync(token, json, cancellationToken);
        await desk.ClearAsync(taken ? pending : pending with { Signal = null }, cancellationToken);
        LogDelivered(pending.IncidentId, signal.Signal, taken);
        return taken;
    }

    [LoggerMessage(LogLevel.Information, "Signalled {IncidentId}: {Signal}, taken: {Taken}")]
    private partial void LogDelivered(string incidentId, ReviewSignalKind signal, bool taken);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewInput))]
[JsonSerializable(typeof(ReviewOutput))]
[JsonSerializable(typeof(ReviewSignal))]
public sealed partial class ReviewJson : JsonSerializerContext;
