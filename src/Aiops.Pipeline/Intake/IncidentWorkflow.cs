using System.Globalization;
using System.Text.Json.Nodes;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Starts an incident's workflow with the input that <c>cdk/workflows/incident.asl.json</c> expects. All of it is fixed when the
/// incident opens, so that a second start looks the same on every host.
/// </summary>
/// <param name="settle">How long an incident settles before it is analysed, counted from its first event.</param>
/// <param name="maxRounds">How often a changing incident is analysed at most.</param>
public sealed class IncidentWorkflow(IIncidentStore incidents, IWorkflowStarter executions, TimeSpan settle, int maxRounds) : IWorkflowStarter
{
    public async Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
    {
        var incident = await incidents.FindAsync(incidentId, cancellationToken)
            ?? throw new KeyNotFoundException($"No incident {incidentId} was committed.");
        var input = JsonNode.Parse(inputJson)!.AsObject();
        input["round"] = 1;
        input["maxRounds"] = maxRounds;

        // By event time: an alarm that arrives late has settled already.
        var settled = incident.First.OccurredAt + settle;
        input["settleUntil"] = settled.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await executions.StartAsync(incidentId, input.ToJsonString(), cancellationToken);
    }
}
