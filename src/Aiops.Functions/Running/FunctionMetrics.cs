using Amazon.Lambda.Core;

namespace Aiops.Functions.Running;

/// <summary>
/// Figures of one invocation in CloudWatch's embedded metric format: a line of JSON, no request. Namespace <c>Aiops</c>,
/// dimensions Environment and Function. How often and how long functions run, and fail, Lambda's own metrics say for nothing.
/// </summary>
/// <remarks>"Specification: Embedded metric format" in the CloudWatch user guide: at most 100 metrics a line.</remarks>
public sealed class FunctionMetrics(FunctionOutput output, string environment, TimeProvider time)
{
    public const string Namespace = "Aiops";

    private readonly SortedDictionary<string, double> figures = new(StringComparer.Ordinal);

    /// <summary>Adds to what was counted in this invocation.</summary>
    public void Count(string name, double value) => figures[name] = (figures.TryGetValue(name, out var before) ? before : 0) + value;

    /// <summary>Writes what was counted, if anything was, and begins anew.</summary>
    public void Write(ILambdaContext context)
    {
        if (figures.Count == 0)
        {
            return;
        }

        output.WriteLine(json =>
        {
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", time.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue("Environment");
            json.WriteStringValue("Function");
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var name in figures.Keys)
            {
                json.WriteStartObject();
                json.WriteString("Name", name);
                json.WriteString("Unit", "Count");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("Environment", environment);
            json.WriteString("Function", context.FunctionName);
            json.WriteString("requestId", context.AwsRequestId);
            foreach (var (name, figure) in figures)
            {
                json.WriteNumber(name, figure);
            }
        });
        figures.Clear();
    }
}
