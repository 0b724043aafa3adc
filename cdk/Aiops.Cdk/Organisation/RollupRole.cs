using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Organisation;

/// <summary>In each account, what the hub may take on: it reads incidents and reports, and can do nothing else.</summary>
internal sealed class RollupRole : Construct
{
    public RollupRole(AiopsStack stack, AiopsParameters parameters, string organisationId, string hubAccount)
        : base(stack, nameof(RollupRole))
    {
        var names = new AiopsNames(stack, parameters.StackName);
        var role = new Role(this, "Resource", new RoleProps
        {
            RoleName = NameIn(parameters, names.Region),
            Description = $"{names.Stack}: the hub reads incidents and reports",
            AssumedBy = new ArnPrincipal($"arn:{stack.Partition}:iam::{hubAccount}:root")
                .WithConditions(new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = organisationId },
                ["ArnLike"] = new Dictionary<string, object>
                {
                    ["aws:PrincipalArn"] = $"arn:{stack.Partition}:iam::{hubAccount}:role/{HubStack.ReaderName(parameters)}",
                },
            }),
            MaxSessionDuration = Duration.Hours(1),
        });
        stack.Stores.GrantRead(role, stack.Stores.Incidents);
        stack.Stores.GrantRead(role, stack.Stores.Documents);
        // `aiops --stack` learns the names of table and bucket from the stack's outputs. Who asks by the stack's name needs the
        // right on that name with any id.
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["cloudformation:DescribeStacks"],
            Resources = [names.Arn("cloudformation", $"stack/{Aws.STACK_NAME}/*")],
        }));
        PolicyExceptions.Excuse(
            role, $"AwsSolutions-IAM5[Resource::{names.FindingOf("cloudformation", "stack/<AWS::StackName>/*")}]",
            "this stack alone; its id is known to nobody who asks by name");
    }

    /// <summary>Role names are the account's, not the Region's.</summary>
    public static string NameIn(AiopsParameters parameters, string region) => $"{parameters.StackName}-rollup-{region}";
}
