using System.Text.Json;
using Aiops.Aws.Changes;
using Aiops.Functions.Running;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Changes;

/// <summary>Writes down what was changed as it happens: CloudTrail's own index comes minutes late and answers twice a second.</summary>
public sealed class RecordChangeFunction(FunctionRun run, IChangeTable changes, FunctionMetrics metrics)
{
    [LambdaFunction]
    public Task<JsonElement> RecordChange(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var recorded = ChangeEvents.Read(input) is { } change && await changes.AddAsync(change, token);
        metrics.Count("ChangesRecorded", recorded ? 1 : 0);
        return input;
    });
}
