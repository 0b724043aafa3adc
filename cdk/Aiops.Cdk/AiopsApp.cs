using Amazon.CDK;
using Aiops.Cdk.Actions;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Organisation;
using Aiops.Cdk.Parameters;
using Environment = Amazon.CDK.Environment;

namespace Aiops.Cdk;

/// <summary>All stacks that the context asks for.</summary>
public static class AiopsApp
{
    /// <exception cref="ParameterException">Something in the context can't be deployed.</exception>
    public static void Compose(App app)
    {
        var context = AppContextJson.Of(app.Node);
        var environments = ParameterReader.Environments(context);
        foreach (var parameters in environments)
        {
            var id = IdOf(parameters, environments);
            _ = new AiopsStack(app, id, parameters, FunctionBundle.OfFolder(parameters.Bundle),
                PropsOf(parameters, parameters.StackName));
            if (parameters.Actions is { } actions)
            {
                _ = new ApprovedActionsStack(
                    app, $"{id}-actions", parameters, actions, PropsOf(parameters, $"{parameters.StackName}-actions"));
            }
        }

        if (ParameterReader.Organisation(context) is { } organisation)
        {
            OrganisationApp.Compose(app, environments[0], organisation);
        }
    }

    internal static StackProps PropsOf(AiopsParameters parameters, string stackName) => new()
    {
        StackName = stackName,
        Description = "Aiops: what broke, how bad, and why, in the ticket before anyone has opened the laptop",
        Env = parameters.Account is null && parameters.Region is null ? null
            : new Environment { Account = parameters.Account, Region = parameters.Region },
        PermissionsBoundary = parameters.PermissionBoundary switch
        {
            null => null,
            var arn when arn.StartsWith("arn:", StringComparison.Ordinal) => PermissionsBoundary.FromArn(arn),
            var name => PermissionsBoundary.FromName(name),
        },
        TerminationProtection = parameters.RetainData,
    };

    /// <summary>The stack's name where it is the only one of that name; else with the place, as
    /// <c>aiops-prod-111122223333-eu-west-1</c>.</summary>
    private static string IdOf(AiopsParameters parameters, IReadOnlyList<AiopsParameters> all)
        => all.Count(other => other.StackName == parameters.StackName) == 1
            ? parameters.StackName
            : string.Join('-', new[] { parameters.StackName, parameters.Account, parameters.Region }.OfType<string>());
}
