using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Aiops.Aws.StepFunctions;

/// <summary>Starts executions of one state machine, named after what they are about: starting one twice starts one.</summary>
/// <remarks>Step Functions keeps a name for 90 days after its execution has ended.</remarks>
/// <param name="stateMachine">ARN.</param>
public sealed class StepFunctionsStarter(IAmazonStepFunctions client, string stateMachine) : IWorkflowStarter, IReviewWorkflowStarter
{
    /// <exception cref="StoreUnavailableException">Step Functions can't take it now.</exception>
    public async Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
    {
        var request = new StartExecutionRequest { StateMachineArn = stateMachine, Name = incidentId, Input = inputJson };
        try
        {
            await client.StartExecutionAsync(request, cancellationToken);
        }
        catch (ExecutionAlreadyExistsException)
        {
            // It runs, or has run: whoever started it died before noting it.
        }
        catch (Exception e) when (AwsErrors.MayPass(e))
        {
            throw new StoreUnavailableException($"Step Functions can't start {incidentId} now ({e.Message}).", e);
        }
    }
}
