using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Review;

/// <summary>Starts <c>cdk/workflows/review.asl.json</c> under a name; one that was started before is left alone.</summary>
public interface IReviewWorkflowStarter
{
    Task StartAsync(string name, string inputJson, CancellationToken cancellationToken);
}

/// <summary>Takes a review whenever it comes: into the workflow that waits for it, or, once that has ended, into one of its own.</summary>
public sealed class LateReview(
    ReviewStep waiting, IReviewDesk desk, IIncidents incidents, IReviewWorkflowStarter workflows, IDocumentStore documents)
{
    /// <returns>Where it went: <c>workflow</c>, <c>later</c> (as soon as the workflow waits, or ends) or <c>review</c>.</returns>
    public async Task<string> TakeAsync(Incident incident, Outcome outcome, CancellationToken cancellationToken)
    {
        var signal = new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = outcome };
        if (incident.Status != IncidentStatus.Closed)
        {
            if (await waiting.SignalAsync(incident.Id, signal, cancellationToken))
            {
                return "workflow";
            }

            // The workflow may have looked at the desk for the last time just before. It closes the incident first, so whoever
            // leaves a review and then finds the incident open is still heard.
            if ((await incidents.GetAsync(incident.Id, cancellationToken)).Status != IncidentStatus.Closed)
            {
                return "later";
            }

            await desk.ClearAsync(new PendingReview(incident.Id, null, signal), cancellationToken);
        }

        await StartAsync(incident.Id, signal, cancellationToken);
        return "review";
    }

    private async Task StartAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incidentId, cancellationToken);
        var input = JsonSerializer.Serialize(new ReviewWorkflowInput(incidentId, round, signal), LateReviewJson.Default.ReviewWorkflowInput);
        await workflows.StartAsync($"{incidentId}-review-{Digest(signal.Outcome!)}", input, cancellationToken);
    }

    // Named after what it says and the minute, so that a review that is sent twice is learned once, and one that is meant again,
    // or whose workflow failed, can be given again.
    private static string Digest(Outcome outcome)
    {
        var said = $"{outcome.Verdict}\n{outcome.Component}\n{outcome.Cause}\n{string.Join('\n', outcome.Helped)}\n{outcome.TimeToMitigate}\n{outcome.Severity}\n{outcome.Reviewer}\n{outcome.At:yyyy-MM-ddTHH:mm}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..12];
    }
}

/// <summary>What <c>review.asl.json</c> expects.</summary>
public sealed record ReviewWorkflowInput(string IncidentId, int Round, ReviewSignal Review);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewWorkflowInput))]
internal sealed partial class LateReviewJson : JsonSerializerContext;
