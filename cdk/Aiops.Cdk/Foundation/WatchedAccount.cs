using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Foundation;

/// <summary>What may be read of the account that is watched. Nothing here writes.</summary>
internal sealed class WatchedAccount(AiopsNames names, AiopsParameters parameters)
{
    public void GrantReadMetrics(Role to) => ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:GetMetricData");

    public void GrantReadAlarms(Role to) => ActionsWithoutResource.GrantWithoutResource(to, "cloudwatch:DescribeAlarms");

    /// <summary>Alarms, and which series of one that watches many have rung.</summary>
    public void GrantReadAlarmsAndContributors(Role to)
    {
        GrantReadAlarms(to);
        Allow(to, ["cloudwatch:DescribeAlarmContributors"], "cloudwatch", ["alarm:*"],
            "any alarm may have been the one that rang");
    }

    /// <summary>The named log groups; none named, none read.</summary>
    public void GrantReadLogs(Role to)
    {
        if (parameters.LogGroups.Count == 0)
        {
            return;
        }

        string[] groups = [.. parameters.LogGroups.Select(group => $"log-group:{group}:*")];
        Allow(to, ["logs:StartQuery", "logs:GetQueryResults", "logs:FilterLogEvents"], "logs", groups,
            "the streams of the log groups in aiops:logGroups");
        ActionsWithoutResource.GrantWithoutResource(to, "logs:StopQuery", "logs:DescribeLogGroups", "logs:ListAnomalies");
    }

    public void GrantReadTraces(Role to)
        => ActionsWithoutResource.GrantWithoutResource(to, "xray:GetTraceSummaries", "xray:BatchGetTraces");

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

    /// <summary>The history of calls, and of the two sources that are a choice, those chosen.</summary>
    public void GrantReadChanges(Role to)
    {
        ActionsWithoutResource.GrantWithoutResource(to, "cloudtrail:LookupEvents");
        if (parameters.ApplicationSignalsChanges)
        {
            ActionsWithoutResource.GrantWithoutResource(
                to, "application-signals:ListEntityEvents", "application-signals:ListServiceStates");
        }

        if (parameters.ConfigChanges)
        {
            ActionsWithoutResource.GrantWithoutResource(to, "config:SelectResourceConfig");
        }
    }

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
