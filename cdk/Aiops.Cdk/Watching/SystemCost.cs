using Amazon.CDK;
using Amazon.CDK.AWS.Budgets;
using Amazon.CDK.AWS.CE;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Watching;

/// <summary>
/// What the system itself costs, by its tag: a budget and, if asked for, a monitor for days that cost more than usual, which
/// AWS lets only the management account have by tag. Both see only what is tagged once the tag is activated as a cost allocation
/// tag in the paying account (docs/deploy.md).
/// </summary>
internal sealed class SystemCost : Construct
{
    /// <summary>On every resource of an environment; its value is <see cref="AiopsNames.Place"/>.</summary>
    public const string Tag = "aiops-stack";

    public SystemCost(Construct scope, AiopsNames names, AiopsParameters parameters, string topicArn)
        : base(scope, nameof(SystemCost))
    {
        var dollars = parameters.BudgetAmount;
        _ = new CfnBudget(this, "Budget", new CfnBudgetProps
        {
            Budget = new CfnBudget.BudgetDataProperty
            {
                BudgetName = $"{names.Stack}-{names.Region}",
                BudgetType = "COST",
                TimeUnit = "MONTHLY",
                BudgetLimit = new CfnBudget.SpendProperty { Amount = dollars, Unit = "USD" },
                CostFilters = new Dictionary<string, object> { ["TagKeyValue"] = new[] { $"user:{Tag}${names.Place}" } },
            },
            NotificationsWithSubscribers = new[] { Notice("ACTUAL", 80, topicArn), Notice("FORECASTED", 100, topicArn) },
        });
        if (parameters.CostMonitor)
        {
            AddMonitor(names, dollars, topicArn);
        }
    }

    public static void TagAll(Stack stack, string stackName, ITagProps? props = null)
        => Amazon.CDK.Tags.Of(stack).Add(Tag, new AiopsNames(stack, stackName).Place, props);

    private void AddMonitor(AiopsNames names, int dollars, string topicArn)
    {
        var monitor = new CfnAnomalyMonitor(this, "Monitor", new CfnAnomalyMonitorProps
        {
            MonitorName = $"{names.Stack}-{names.Region}",
            MonitorType = "CUSTOM",
            MonitorSpecification = $$$"""{"Tags":{"Key":"{{{Tag}}}","Values":["{{{names.Place}}}"],"MatchOptions":["EQUALS"]}}""",
        });
        _ = new CfnAnomalySubscription(this, "Anomalies", new CfnAnomalySubscriptionProps
        {
            SubscriptionName = $"{names.Stack}-{names.Region}",
            Frequency = "IMMEDIATE",
            MonitorArnList = [monitor.AttrMonitorArn],
            Subscribers = new[] { new CfnAnomalySubscription.SubscriberProperty { Type = "SNS", Address = topicArn } },
            ThresholdExpression = ImpactOf(Math.Max(1, dollars / 10)), // A tenth of the month's budget above what was expected.
        });
    }

    private static string ImpactOf(int dollars)
        => $$$"""
            {"Dimensions":{
              "Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","Values":["{{{dollars}}}"],"MatchOptions":["GREATER_THAN_OR_EQUAL"]
            }}
            """;

    private static CfnBudget.NotificationWithSubscribersProperty Notice(string type, double percent, string topicArn) => new()
    {
        Notification = new CfnBudget.NotificationProperty
        {
            NotificationType = type,
            ComparisonOperator = "GREATER_THAN",
            Threshold = percent,
            ThresholdType = "PERCENTAGE",
        },
        Subscribers = new[] { new CfnBudget.SubscriberProperty { SubscriptionType = "SNS", Address = topicArn } },
    };
}
