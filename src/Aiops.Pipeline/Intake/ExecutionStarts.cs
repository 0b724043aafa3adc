using System.Text.Json;

namespace Aiops.Pipeline.Intake;

/// <summary>
/// Starts what was committed and not started. The execution is named after the incident, so starting it twice starts one;
/// whoever dies between the start and the note of it starts it again, harmlessly.
/// </summary>
public sealed class ExecutionStarts(IIncidentStore store, IWorkflowStarter workflows)
{
    /// <summary>How many are started at a time; the sweep takes the rest.</summary>
    public const int MaxAtOnce = 100;

    /// <summary>Starts those of the scope, or of all where it is null.</summary>
    /// <returns>The ids of those that could not be started, each with the reason.</returns>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync(string? scope, CancellationToken cancellationToken)
    {
        Dictionary<string, string> failed = [];
        foreach (var incident in await store.ListNotStartedAsync(scope, MaxAtOnce, cancellationToken))
        {
            try
            {
                var input = JsonSerializer.Serialize(new WorkflowInput(incident.Id, incident.Scope), IntakeJson.Default.WorkflowInput);
                await workflows.StartAsync(incident.Id, input, cancellationToken);
                await store.MarkExecutionStartedAsync(incident.Id, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException) // One that can't be started must not keep the others.
            {
                failed[incident.Id] = $"The execution of {incident.Id} could not be started: {e.Message}";
            }
        }

        return failed;
    }
}
