using Amazon.CDK.AWS.IAM;

namespace Aiops.Cdk;

/// <summary>
/// Every action that is allowed on <c>Resource: "*"</c>, and why. A test compares this list with the templates (nothing else
/// may have that resource) and with AWS's service authorization reference (each has no resource type that must be named).
/// </summary>
public static class ActionsWithoutResource
{
    /// <summary>What our functions read of the watched account. All of it reads; none of it changes anything.</summary>
    public static IReadOnlyDictionary<string, string> OfTheWatchedAccount { get; } = new Dictionary<string, string>
    {
        ["cloudwatch:GetMetricData"] = "metrics are no resources",
        ["xray:GetServiceGraph"] = "traces are no resources",
        ["xray:GetTraceSummaries"] = "traces are no resources",
        ["xray:BatchGetTraces"] = "traces are no resources",
        ["cloudtrail:LookupEvents"] = "the account's event history is no resource",
        ["logs:StopQuery"] = "a query is known by its id alone",
        ["logs:DescribeLogGroups"] = "finds log groups by a beginning; Step Functions needs it too, to deliver its logs",
        ["logs:ListAnomalies"] = "lists the account's; a detector's id, which would narrow it, has no meaning to us",
        ["config:SelectResourceConfig"] = "a query over what AWS Config recorded",
        ["application-signals:ListServices"] = "discovered services are no resources",
        ["application-signals:ListServiceDependencies"] = "discovered services are no resources",
        ["application-signals:ListServiceDependents"] = "discovered services are no resources",
        ["application-signals:ListServiceStates"] = "discovered services are no resources",
        ["application-signals:ListEntityEvents"] = "discovered services are no resources",
        ["application-signals:ListServiceLevelObjectives"] = "lists all objectives",
    };

    /// <summary>This has a resource type, but the service answers in part, and silently, unless all resources are
    /// allowed.</summary>
    public static IReadOnlyDictionary<string, string> AnsweredInPartOtherwise { get; } = new Dictionary<string, string>
    {
        ["cloudwatch:DescribeAlarms"] = "a narrower scope leaves composite alarms out of the answer, says the API reference",
    };

    /// <summary>Where <c>aiops:tickets</c> says that tickets are OpsItems: the one thing here that writes, and it writes tickets.
    /// </summary>
    public static IReadOnlyDictionary<string, string> OfOpsCenter { get; } = new Dictionary<string, string>
    {
        ["ssm:CreateOpsItem"] = "it has no id before it is made",
        ["ssm:DescribeOpsItems"] = "looks for ours among the account's",
    };

    /// <summary>What AWS asks for so that functions and workflows can trace, and workflows log.</summary>
    public static IReadOnlyDictionary<string, string> OfTracingAndLogging { get; } = new Dictionary<string, string>
    {
        ["xray:PutTraceSegments"] = "traces are no resources",
        ["xray:PutTelemetryRecords"] = "traces are no resources",
        ["xray:GetSamplingRules"] = "sampling is the account's",
        ["xray:GetSamplingTargets"] = "sampling is the account's",
        ["logs:CreateLogDelivery"] = "vended logs of Step Functions",
        ["logs:GetLogDelivery"] = "vended logs of Step Functions",
        ["logs:UpdateLogDelivery"] = "vended logs of Step Functions",
        ["logs:DeleteLogDelivery"] = "vended logs of Step Functions",
        ["logs:ListLogDeliveries"] = "vended logs of Step Functions",
        ["logs:PutResourcePolicy"] = "vended logs of Step Functions",
        ["logs:DescribeResourcePolicies"] = "vended logs of Step Functions",
    };

    public static IEnumerable<string> All
        => [.. OfTheWatchedAccount.Keys, .. AnsweredInPartOtherwise.Keys, .. OfOpsCenter.Keys, .. OfTracingAndLogging.Keys];

    /// <summary>The one place that writes <c>Resource: "*"</c>.</summary>
    /// <exception cref="ArgumentException">An action is not on the list.</exception>
    internal static void GrantWithoutResource(IGrantable to, params string[] actions)
    {
        if (actions.FirstOrDefault(
            action => !OfTheWatchedAccount.ContainsKey(action) && !AnsweredInPartOtherwise.ContainsKey(action)
                && !OfOpsCenter.ContainsKey(action)) is { } unlisted)
        {
            throw new ArgumentException($"{unlisted} is not among the actions without a resource.", nameof(actions));
        }

        to.GrantPrincipal.AddToPrincipalPolicy(
            new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = ["*"] }));
    }
}
