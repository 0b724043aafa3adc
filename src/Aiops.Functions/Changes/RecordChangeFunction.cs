using System.Text.Json;
using Aiops.Aws.Changes;
using Aiops.Functions.Running;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Changes;

/// <summary>Writes down what was changed as it happens: CloudTrail's own index comes minutes late and answers twice a second.</summary>
public sealed class RecordChangeFunction(FunctionRun run, ChangeRecorder recorder, FunctionMetrics metrics)
{
    [LambdaFunction]
    public Task<JsonElement> RecordChange(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        metrics.Count("ChangesRecorded", await recorder.RecordAsync(input, token) ? 1 : 0);
        return input;
    });
}
