using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Foundation;

namespace Aiops.Cdk.Workflows;

/// <summary>
/// What functions may do to the workflows. By name: a workflow's definition names the functions, so they can't wait for its ARN.
/// </summary>
internal sealed class WorkflowGrants(AiopsNames names)
{
    public const string Incident = "incident";
    public const string Review = "review";

    public void GrantStartIncident(IGrantable to) => Allow(to, Incident, "states:StartExecution");

    public void GrantStartReview(IGrantable to) => Allow(to, Review, "states:StartExecution");

    /// <summary>Answers the task token that the incident's workflow waits with.</summary>
    public void GrantAnswer(IGrantable to) => Allow(to, Incident, "states:SendTaskSuccess");

    private void Allow(IGrantable to, string workflow, params string[] actions)
        => Grant.AddToPrincipal(
            new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [names.StateMachineArn(workflow)] });
}
