using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Watching;

/// <summary>
/// The system's own alarms. They go straight to a topic, and by their names' beginning they never enter intake: who is ill
/// should not be his own doctor.
/// </summary>
internal sealed class OwnAlarms : Construct
{
    private readonly WatchedSystem system;
    private readonly SnsAction action;

    /// <param name="model">Null where there is none.</param>
    public OwnAlarms(Construct scope, WatchedSystem system, WatchedModel? model, ITopic topic) : base(scope, nameof(OwnAlarms))
    {
        this.system = system;
        action = new SnsAction(topic);

        WatchQueues();
        WatchFunctions();
        WatchWorkflows();
        WatchTables();
        if (model is not null)
        {
            WatchModel(model);
        }
    }

    private void WatchQueues()
    {
        foreach (var (name, queue) in system.DeadLetterQueues)
        {
            New($"{name}-not-empty", "Something was set aside: look with `aiops queue`, redrive or delete", Visible(queue), 0);
        }

        New("urgent-queue-old", "Urgent events wait for more than five minutes", Age(system.Urgent), 300, periods: 2);
        New("routine-queue-old", "Routine events wait for more than a quarter of an hour", Age(system.Routine), 900, periods: 2);
    }

    private void WatchFunctions()
    {
        foreach (var function in system.OutsideWorkflows)
        {
            New($"{function.Handler.Kebab}-errors", $"{function.Name} failed: its log group has the reason",
                Of(function, "Errors"), 0, periods: 3, toAlarm: 2);
        }

        New(
            "throttles", "Functions are throttled: raise the account's concurrency, or that of the lanes in cdk.json",
            Sum(system.Throttled), 0, periods: 3, toAlarm: 2);
        New(
            "sweep-not-running",
            "The sweep has not run for five minutes: holds don't end, and executions not started stay so",
            Of(system.Sweep, "Invocations", Duration.Minutes(5)), 1, below: true, missing: TreatMissingData.BREACHING);
    }

    private void WatchWorkflows()
    {
        foreach (var (name, arn) in system.Workflows)
        {
            New($"{name}-executions-failed", "Incidents' workflows failed: nobody got a comment",
                Execution("ExecutionsFailed", arn), 0);
            New($"{name}-executions-timed-out", "Incidents' workflows timed out", Execution("ExecutionsTimedOut", arn), 0);
        }

        New("executions-throttled", "Step Functions throttles: see docs/scale.md for the quota",
            Execution("ExecutionThrottled", system.Workflows[0].Arn), 0, periods: 3, toAlarm: 2);
    }

    private void WatchTables()
    {
        foreach (var (name, table) in system.Tables)
        {
            New($"{name}-throttled", "The table throttles writes: one scope takes more than a partition gives",
                Metric("AWS/DynamoDB", "WriteThrottleEvents", "TableName", table), 0, periods: 5, toAlarm: 3);
        }

        New("api-failing", "The HTTP API answers with server errors", Metric("AWS/ApiGateway", "5xx", "ApiId", system.ApiId), 0,
            periods: 3, toAlarm: 2);
    }

    // The last 24 hours at any time: a window of whole calendar days would tell only when the day is over.
    private void WatchModel(WatchedModel model) => New(
        "model-cost", $"The language model cost more than {model.Parameters.AlarmPercent}% of a day's money within 24 hours: "
            + "past its cap incidents get no explanation until the next day (docs/model.md)",
        model.DollarsADay, model.AlarmDollars);

    private void New(
        string name, string says, IMetric metric, double threshold, int periods = 1, int? toAlarm = null, bool below = false,
        TreatMissingData missing = TreatMissingData.NOT_BREACHING)
    {
        var alarm = new Alarm(this, name, new AlarmProps
        {
            AlarmName = $"{system.AlarmPrefix}{name}",
            AlarmDescription = says,
            Metric = metric,
            Threshold = threshold,
            ComparisonOperator = below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
            EvaluationPeriods = periods,
            DatapointsToAlarm = toAlarm ?? periods,
            TreatMissingData = missing,
        });
        alarm.AddAlarmAction(action);
        alarm.AddOkAction(action);
    }

    private static Metric Visible(Queue queue)
        => Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.QueueName, "Maximum");

    private static Metric Age(Queue queue)
        => Metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue.QueueName, "Maximum");

    private static Metric Of(AiopsFunction function, string name, Duration? period = null)
        => Metric("AWS/Lambda", name, "FunctionName", function.Function.FunctionName, period: period);

    private static Metric Execution(string name, string arn) => Metric("AWS/States", name, "StateMachineArn", arn);

    private static MathExpression Sum(IReadOnlyList<AiopsFunction> functions) => new(new MathExpressionProps
    {
        Expression = string.Join(" + ", functions.Select((_, i) => $"FILL(m{i}, 0)")),
        UsingMetrics = functions.Select((function, i) => (Key: $"m{i}", Value: (IMetric)Of(function, "Throttles")))
            .ToDictionary(pair => pair.Key, pair => pair.Value),
        Label = "Throttles",
        Period = Duration.Minutes(1),
    });

    private static Metric Metric(string space, string name, string dimension, string value, string statistic = "Sum",
        Duration? period = null) => new(new MetricProps
    {
        Namespace = space,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { [dimension] = value },
        Statistic = statistic,
        Period = period ?? Duration.Minutes(1),
    });
}
