using System.Text.Json;
using Aiops.Aws;
using Aiops.Functions.Running;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Intake;

/// <summary>Every quarter of an hour: objectives whose error budget is spent, and those that have budget again.</summary>
public sealed class WatchObjectivesFunction(FunctionRun run, ObjectiveWatch watch, AwsHostSettings settings, FunctionMetrics metrics)
{
    [LambdaFunction]
    public Task<JsonElement> WatchObjectives(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        try
        {
            var changed = await watch.RunAsync(settings.Account, settings.WatchedServices, token);
            metrics.Count("ObjectivesChanged", changed.Count);
        }
        catch (SourceMissingException)
        {
            metrics.Count("ObjectivesChanged", 0); // No objective is defined here, which is nobody's fault.
        }

        return input;
    });
}
