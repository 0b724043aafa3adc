using System.Globalization;
using System.Text.Json.Nodes;
using Aiops.Local.Workflow;
using Aiops.Pipeline.Intake;

namespace Aiops.Local.Hosting;

/// <summary>Starts an incident's workflow with the input that the file expects. All of it is fixed when the incident opens.</summary>
internal sealed class IncidentWorkflow(IIncidentStore incidents, WorkflowHost host, LocalHostOptions options) : IWorkflowStarter
{
    public async Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken)
    {
        var incident = await incidents.FindAsync(incidentId, cancellationToken)
            ?? throw new KeyNotFoundException($"No incident {incidentId} was committed.");
        var input = JsonNode.Parse(inputJson)!.AsObject();
        input["round"] = 1;
        input["maxRounds"] = options.MaxRounds;

        // By event time: an alarm that arrives late has settled already.
        var settled = incident.First.OccurredAt + options.Settle;
        input["settleUntil"] = settled.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await host.StartAsync(incidentId, input.ToJsonString(), cancellationToken);
    }
}
