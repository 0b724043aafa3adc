using System.Text.Json;
using Aiops.Analysis;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Knowledge;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Intake;

/// <summary>
/// Every quarter of an hour: alarms whose event was missed or that are stuck, the graph that alarms are correlated by, and cases
/// that the knowledge base couldn't take in when they were written.
/// </summary>
public sealed class ReconcileFunction(
    FunctionRun run, AlarmReconciliation alarms, ITopologySource topology, IDocumentStore documents, ICaseBook cases, FunctionMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    [LambdaFunction]
    public Task<JsonElement> Reconcile(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var found = await alarms.RunAsync(token);
        metrics.Count("AlarmsMissed", found.Missed.Count);
        metrics.Count("AlarmsStuck", found.Stuck.Count);
        await RefreshTopologyAsync(token);
        if (cases is KnowledgeCaseBook knowledge)
        {
            await knowledge.IngestWaitingAsync(token);
        }

        return input;
    });

    private async Task RefreshTopologyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var answer = await topology.QueryAsync(new TelemetryQuery("", new TimeWindow(now - Lookback, now), []), cancellationToken);
            await StoredTopology.SaveAsync(documents, answer.Items, cancellationToken);
        }
        catch (Exception e) when (e is SourceMissingException or SourceDeniedException)
        {
            // Nothing traces here: alarms are correlated by component, time and likeness.
        }
    }
}
