using Amazon.CDK;
using Amazon.CDK.AWS.S3.Assets;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Organisation;

/// <summary>
/// A stack an account, rolled out in steps: a tenth of the accounts at a time, a Region after the other, and no further when a
/// few in a hundred fail. Accounts that join a unit get theirs by themselves, which those steps are not for.
/// </summary>
public sealed class AccountsStack : Stack
{
    /// <param name="memberTemplate">A file; it is above the 51,200 bytes that a StackSet takes inline.</param>
    public AccountsStack(Construct scope, string id, AiopsParameters parameters, OrganisationParameters organisation,
        string memberTemplate, IStackProps props) : base(scope, id, props)
    {
        var template = new Asset(this, "MemberTemplate", new AssetProps { Path = memberTemplate });
        _ = new CfnStackSet(this, "Accounts", new CfnStackSetProps
        {
            StackSetName = parameters.StackName,
            Description = $"Aiops, environment {parameters.Environment}, in every account of the units",
            PermissionModel = "SERVICE_MANAGED",
            CallAs = "DELEGATED_ADMIN",
            Capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            TemplateUrl = template.HttpUrl,
            AutoDeployment = new CfnStackSet.AutoDeploymentProperty { Enabled = true, RetainStacksOnAccountRemoval = false },
            // Operations queue instead of failing each other.
            ManagedExecution = new Dictionary<string, object> { ["Active"] = true },
            OperationPreferences = new CfnStackSet.OperationPreferencesProperty
            {
                RegionConcurrencyType = "SEQUENTIAL",
                // Strictly, no more accounts go at once than may fail, which of a tenth and a fiftieth is the fiftieth.
                ConcurrencyMode = "SOFT_FAILURE_TOLERANCE",
                RegionOrder = [.. organisation.Regions],
                MaxConcurrentPercentage = organisation.MaxConcurrentPercentage,
                FailureTolerancePercentage = organisation.FailureTolerancePercentage,
            },
            StackInstancesGroup = new[]
            {
                new CfnStackSet.StackInstancesProperty
                {
                    Regions = [.. organisation.Regions],
                    DeploymentTargets =
                        new CfnStackSet.DeploymentTargetsProperty { OrganizationalUnitIds = [.. organisation.Units] },
                },
            },
        });
    }
}
