using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Watching;

/// <summary>A language model as its function counts what it costs: the bill comes later, and has what looks and questions cost
/// besides.</summary>
/// <param name="Function">The one that asks it.</param>
internal sealed record WatchedModel(AiopsFunction Function, string Environment, ModelParameters Parameters)
{
    /// <summary>The part of a day's money above which people are told.</summary>
    public double AlarmDollars => Parameters.DollarsPerDay * Parameters.AlarmPercent / 100.0;

    public MathExpression DollarsADay => new(new MathExpressionProps
    {
        Expression = "spent / 1000000",
        UsingMetrics = new Dictionary<string, IMetric> { ["spent"] = ADay("ModelMicroDollars", "spent") },
        Label = "model",
        Period = Duration.Days(1),
    });

    public Metric ADay(string name, string label) => new(new MetricProps
    {
        Namespace = "Aiops",
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { ["Environment"] = Environment, ["Function"] = Function.Name },
        Statistic = "Sum",
        Label = label,
        Period = Duration.Days(1),
    });
}
