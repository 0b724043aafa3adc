using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Foundation;

/// <summary>
/// What the functions that write tickets need to know where: the parameter with the settings, the secrets that it names, the
/// keys of these. Without <c>aiops:tickets</c> it grants nothing, and tickets stay in the table.
/// </summary>
internal sealed class TicketAccess(AiopsNames names, TicketParameters? tickets)
{
    public bool IsConfigured => tickets is not null;

    public void Grant(Role to)
    {
        if (tickets is null)
        {
            return;
        }

        Allow(to, [names.Arn("ssm", $"parameter{tickets.Settings}")], "ssm:GetParameters");
        Allow(to, tickets.Secrets, "secretsmanager:GetSecretValue");
        Allow(to, tickets.Keys, "kms:Decrypt");
        if (tickets.OpsCenter)
        {
            ActionsWithoutResource.GrantWithoutResource(to, [.. ActionsWithoutResource.OfOpsCenter.Keys]);
            Allow(to, [names.Arn("ssm", "opsitem/*")], "ssm:GetOpsItem", "ssm:UpdateOpsItem");
            PolicyExceptions.Excuse(to, $"AwsSolutions-IAM5[Resource::{names.FindingOf("ssm", "opsitem/*")}]",
                "OpsItems get their ids when they are made");
        }
    }

    private static void Allow(Role to, IReadOnlyList<string> arns, params string[] actions)
    {
        if (arns.Count > 0)
        {
            Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(
                new GrantOnPrincipalOptions { Grantee = to, Actions = actions, ResourceArns = [.. arns] });
        }
    }
}
