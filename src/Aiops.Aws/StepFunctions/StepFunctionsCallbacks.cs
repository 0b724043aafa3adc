using Aiops.Pipeline;
using Aiops.Pipeline.Review;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Aiops.Aws.StepFunctions;

/// <summary>Answers a waiting workflow by its task token.</summary>
public sealed class StepFunctionsCallbacks(IAmazonStepFunctions client) : IWorkflowCallbacks
{
    /// <exception cref="StoreUnavailableException">Step Functions can't take it now; the signal stays on the desk.</exception>
    public async Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = taskToken, Output = outputJson }, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TaskTimedOutException or TaskDoesNotExistException or InvalidTokenException)
        {
            return false; // Timed out, answered before, or of a workflow that is gone.
        }
        catch (Exception e) when (AwsErrors.MayPass(e))
        {
            throw new StoreUnavailableException($"Step Functions can't take the answer now ({e.Message}).", e);
        }
    }
}
