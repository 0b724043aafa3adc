namespace Aiops.Pipeline.Intake;

public interface IWorkflowStarter
{
    Task StartAsync(string incidentId, string inputJson, CancellationToken cancellationToken);
}
