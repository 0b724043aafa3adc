using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Organisation;

/// <summary>
/// The optional roll-up: one role in the hub account that may take on the reading role of every account of the organisation,
/// and nothing else. Without it no account's incidents are seen from another.
/// </summary>
public sealed class HubStack : Stack
{
    public HubStack(Construct scope, string id, AiopsParameters parameters, OrganisationParameters organisation,
        IStackProps props) : base(scope, id, props)
    {
        var reader = new Role(this, "Reader", new RoleProps
        {
            RoleName = ReaderName(parameters),
            Description = "Reads the incidents of every account, one account at a time",
            AssumedBy = new AccountRootPrincipal(),
            MaxSessionDuration = Duration.Hours(1),
        });
        string[] roles = [.. organisation.Regions.Select(
            region => $"arn:{Partition}:iam::*:role/{RollupRole.NameIn(parameters, region)}")];
        reader.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sts:AssumeRole"],
            Resources = roles,
            Conditions = Condition.That("StringEquals", "aws:ResourceOrgID", organisation.OrganisationId),
        }));
        foreach (var role in roles)
        {
            PolicyExceptions.Excuse(reader, $"AwsSolutions-IAM5[Resource::{role}]",
                "300 accounts fit in no policy by name; the condition holds them to the organisation");
        }

        _ = new CfnOutput(this, "ReaderRoleArn", new CfnOutputProps { Value = reader.RoleArn });
        Watching.SystemCost.TagAll(this, parameters.StackName);
    }

    public static string ReaderName(AiopsParameters parameters) => $"{parameters.StackName}-hub-reader";
}
