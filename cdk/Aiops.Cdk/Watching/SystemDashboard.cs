using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;
using Constructs;

namespace Aiops.Cdk.Watching;

/// <summary>One page: what waits, what was set aside, what runs, what fails, how long it takes, and what a model costs.</summary>
internal sealed class SystemDashboard : Construct
{
    private static readonly string[] Executions = [
        "ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut"];
    private static readonly string[] Requests = ["Count", "4xx", "5xx"];

    /// <param name="model">Null where there is none.</param>
    public SystemDashboard(
        Construct scope, WatchedSystem system, IReadOnlyList<AiopsFunction> functions, AiopsParameters parameters, WatchedModel? model)
        : base(scope, nameof(SystemDashboard))
    {
        (string Name, Queue Queue)[] lanes = [("urgent", system.Urgent), ("routine", system.Routine)];
        _ = new Dashboard(this, "Resource", new DashboardProps
        {
            DashboardName = parameters.StackName,
            DefaultInterval = Duration.Hours(12),
            Widgets =
            [
                [
                    Graph("Waiting", [.. lanes.Select(lane
                        => Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", lane.Queue.QueueName, "Maximum",
                        lane.Name))]),
                    Graph("Age of the oldest, seconds", [
                        .. lanes.Select(lane
                        => Of("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", lane.Queue.QueueName, "Maximum",
                        lane.Name))]),
                    Graph("Set aside", [.. system.DeadLetterQueues.Select(
                        dead => Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", dead.Queue.QueueName, "Maximum",
                        dead.Name))]),
                ],
                [
                    Graph("Executions of the incident workflow",
                        [.. Executions.Select(
                        metric => Of("AWS/States", metric, "StateMachineArn", system.Workflows[0].Arn, "Sum", metric))]),
                    Graph("Errors", [.. functions.Select(function
                        => Of("AWS/Lambda", "Errors", "FunctionName", function.Function.FunctionName, "Sum",
                        function.Handler.Name))]),
                    Graph("Throttles", [.. functions.Select(
                        function => Of("AWS/Lambda", "Throttles", "FunctionName", function.Function.FunctionName, "Sum",
                        function.Handler.Name))]),
                ],
                [
                    Graph("Duration, p90, milliseconds", [
                        .. functions.Select(function
                        => Of("AWS/Lambda", "Duration", "FunctionName", function.Function.FunctionName, "p90",
                        function.Handler.Name))], width: 16),
                    Graph("HTTP API", [.. Requests.Select(
                        metric => Of("AWS/ApiGateway", metric, "ApiId", system.ApiId, "Sum", metric))]),
                ],
                .. model is null ? Array.Empty<IWidget[]>() : [OfModel(model)],
            ],
        });
    }

    private static IWidget[] OfModel(WatchedModel model) =>
    [
        TwoWeeks("The model's cost a day, US dollars", model.DollarsADay),
        TwoWeeks("The model's tokens a day", model.ADay("ModelTokens", "tokens")),
        TwoWeeks("Calls of the model a day", model.ADay("ModelCalls", "calls")),
    ];

    private static GraphWidget TwoWeeks(string title, IMetric metric)
        => new(new GraphWidgetProps { Title = title, Left = [metric], Width = 8, Start = "-P14D" });

    private static GraphWidget Graph(string title, IMetric[] metrics, double width = 8)
        => new(new GraphWidgetProps { Title = title, Left = metrics, Width = width });

    private static Metric Of(string space, string name, string dimension, string value, string statistic, string label)
        => new(new MetricProps
    {
        Namespace = space,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { [dimension] = value },
        Statistic = statistic,
        Label = label,
        Period = Duration.Minutes(1),
    });
}
