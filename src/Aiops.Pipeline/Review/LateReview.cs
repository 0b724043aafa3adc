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
public sealed class LateReview(ReviewStep waiting, IReviewWorkflowStarter workflows, IDocumentStore documents)
{
    /// <returns>Where it went: <c>workflow</c>, <c>later</c> (as soon as the workflow waits) or <c>review</c>.</returns>
    public async Task<string> TakeAsync(Incident incident, Outcome outcome, CancellationToken cancellationToken)
    {
        var signal = new ReviewSignal { Signal = ReviewSignalKind.Reviewed, Outcome = outcome };
        if (incident.Status != IncidentStatus.Closed)
        {
            return await waiting.SignalAsync(incident.Id, signal, cancellationToken) ? "workflow" : "later";
        }

        // Named after what it says, so that the same review sent twice is learned once.
        var round = await documents.LatestRoundAsync(incident.Id, cancellationToken);
        var input = JsonSerializer.Serialize(new ReviewWorkflowInput(incident.Id, round, signal), LateReviewJson.Default.ReviewWorkflowInput);
        await workflows.StartAsync($"{incident.Id}-review-{Digest(outcome)}", input, cancellationToken);
        return "review";
    }

    private static string Digest(Outcome outcome)
    {
        var said = $"{outcome.Verdict}\n{outcome.Component}\n{outcome.Cause}\n{string.Join('\n', outcome.Helped)}\n{outcome.Reviewer}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..12];
    }
}

/// <summary>What <c>review.asl.json</c> expects.</summary>
public sealed record ReviewWorkflowInput(string IncidentId, int Round, ReviewSignal Review);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewWorkflowInput))]
internal sealed partial class LateReviewJson : JsonSerializerContext;
