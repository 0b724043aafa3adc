using System.Text.Json;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Knowledge;
using Aiops.Aws.Wire;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel; // Lambda has one too.

namespace Aiops.Functions.Intake;

/// <summary>
/// Every quarter of an hour: alarms whose event was missed or that are stuck, the graph that alarms are correlated by, and cases
/// that the knowledge base couldn't take in when they were written.
/// </summary>
public sealed partial class ReconcileFunction(
    FunctionRun run, AlarmReconciliation alarms, TopologyRefresh topology, ICaseBook cases, FunctionMetrics metrics,
    ILogger<ReconcileFunction> logger)
{
    [LambdaFunction]
    public Task<JsonElement> Reconcile(JsonElement input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var found = await alarms.RunAsync(token);
        metrics.Count("AlarmsMissed", found.Missed.Count);
        metrics.Count("AlarmsStuck", found.Stuck.Count);
        metrics.Count("AlarmsGone", found.Gone.Count);
        metrics.Count("TopologyNotRead", await RefreshTopologyAsync(token) ? 0 : 1);
        if (cases is KnowledgeCaseBook knowledge)
        {
            await knowledge.IngestWaitingAsync(token);
        }

        return input;
    });

    /// <summary>False where it should have been read and wasn't: alarms are correlated by the graph of before.</summary>
    private async Task<bool> RefreshTopologyAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var gap in await topology.RunAsync(cancellationToken))
            {
                LogPart(gap);
            }

            return true;
        }
        catch (SourceMissingException)
        {
            return true; // Nothing traces here: alarms are correlated by component, time and likeness.
        }
        catch (Exception e) when (e is SourceDeniedException or SourceUnavailableException or WireException
            or StoreUnavailableException)
        {
            LogNotRead(e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The graph that alarms are correlated by was not renewed: {Problem}")]
    private partial void LogNotRead(string problem);

    [LoggerMessage(LogLevel.Information, "The graph that alarms are correlated by lacks a part: {Gap}")]
    private partial void LogPart(string gap);
}
