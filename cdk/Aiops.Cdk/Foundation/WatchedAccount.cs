using Amazon.CDK.AWS.IAM;

namespace Aiops.Cdk.Foundation;

/// <summary>What may be read of the account that is watched. Nothing here writes.</summary>
internal sealed class WatchedAccount(AiopsNames names, IReadOnlyList<string> logGroups)
{
    public void GrantReadMetrics(IGrantable to) => ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:GetMetricData");

    public void GrantReadAlarms(IGrantable to)
        => ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmContributors");

    /// <summary>The named log groups; none named, none read.</summary>
    public void GrantReadLogs(IGrantable to)
    {
        if (logGroups.Count == 0)
        {
            return;
        }

        Allow(to, ["logs:StartQuery", "logs:GetQueryResults", "logs:FilterLogEvents"], [.. logGroups.Select(group => names.Arn("logs", $"log-group:{group}:*"))]);
        Allow(to, ["logs:ListAnomalies"], [names.Arn("logs", "anomaly-detector:*")]); // Named by ids of no meaning.
        ActionsWithoutResource.GrantWithoutResource(to, "logs:StopQuery");
    }

    public void GrantReadTraces(IGrantable to)
        => ActionsWithoutResource.GrantWithoutResource(to, "xray:GetServiceGraph", "xray:GetTraceSummaries", "xray:BatchGetTraces");

    public void GrantReadTopology(IGrantable to) => ActionsWithoutResource.GrantWithoutResource(
        to, "xray:GetServiceGraph", "application-signals:ListServices", "application-signals:ListServiceDependencies", "application-signals:ListServiceDependents");

    public void GrantReadObjectives(IGrantable to)
    {
        ActionsWithoutResource.GrantWithoutResource(to, "application-signals:ListServiceLevelObjectives");
        Allow(to, ["application-signals:BatchGetServiceLevelObjectiveBudgetReport"], [names.Arn("application-signals", "slo/*")]);
    }

    public void GrantReadChanges(IGrantable to)
        => ActionsWithoutResource.GrantWithoutResource(to, "cloudtrail:LookupEvents", "application-signals:ListEntityEvents");

    private static void Allow(IGrantable to, string[] actions, string[] resources)
        => to.GrantPrincipal.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
}
