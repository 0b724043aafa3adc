using Amazon.CDK.AWS.IAM;

namespace Aiops.Cdk.Foundation;

/// <summary>What may be read of the account that is watched. Nothing here writes.</summary>
internal sealed class WatchedAccount(AiopsNames names, IReadOnlyList<string> logGroups)
{
    public void GrantReadMetrics(Role to) => ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:GetMetricData");

    public void GrantReadAlarms(Role to)
    {
        ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:DescribeAlarms");
        Allow(to, ["cloudwatch:DescribeAlarmContributors"], "cloudwatch", ["alarm:*"],
            "any alarm may have been the one that rang");
    }

    /// <summary>The named log groups; none named, none read.</summary>
    public void GrantReadLogs(Role to)
    {
        if (logGroups.Count == 0)
        {
            return;
        }

        string[] groups = [.. logGroups.Select(group => $"log-group:{group}:*")];
        Allow(to, ["logs:StartQuery", "logs:GetQueryResults", "logs:FilterLogEvents"], "logs", groups,
            "the streams of the log groups in aiops:logGroups");
        Allow(to, ["logs:ListAnomalies"], "logs", ["anomaly-detector:*"], "detectors have ids of no meaning");
        ActionsWithoutResource.GrantWithoutResource(to, "logs:StopQuery", "logs:DescribeLogGroups");
    }

    public void GrantReadTraces(Role to)
        => ActionsWithoutResource.GrantWithoutResource(
            to, "xray:GetServiceGraph", "xray:GetTraceSummaries", "xray:BatchGetTraces");

    public void GrantReadTopology(Role to) => ActionsWithoutResource.GrantWithoutResource(
        to, "xray:GetServiceGraph",
        "application-signals:ListServices", "application-signals:ListServiceDependencies",
        "application-signals:ListServiceDependents");

    public void GrantReadObjectives(Role to)
    {
        ActionsWithoutResource.GrantWithoutResource(to, "application-signals:ListServiceLevelObjectives");
        Allow(to, ["application-signals:BatchGetServiceLevelObjectiveBudgetReport"], "application-signals", ["slo/*"],
            "all of the account's objectives are watched");
    }

    public void GrantReadChanges(Role to)
        => ActionsWithoutResource.GrantWithoutResource(
            to, "cloudtrail:LookupEvents", "config:SelectResourceConfig",
            "application-signals:ListEntityEvents", "application-signals:ListServiceStates");

    private void Allow(Role to, string[] actions, string service, string[] rest, string reason)
    {
        to.AddToPolicy(new PolicyStatement(
            new PolicyStatementProps { Actions = actions, Resources = [.. rest.Select(one => names.Arn(service, one))] }));
        foreach (var one in rest)
        {
            PolicyExceptions.Excuse(to, $"AwsSolutions-IAM5[Resource::{names.FindingOf(service, one)}]", reason);
        }
    }
}
