namespace Aiops.Pipeline.Act;

/// <summary>What each task of the workflow is given.</summary>
/// <param name="Error">Why the workflow gives up, by the error's name; null everywhere else.</param>
public sealed record ActInput(string RequestId, string? Error = null);

/// <param name="State">Where the request stands now: the workflow's choices read it.</param>
/// <param name="CheckAfterSeconds">How long to wait before the metric is looked at.</param>
public sealed record ActOutput(string RequestId, ActionState State, int CheckAfterSeconds);

/// <summary>Starts the workflow of an approved action, named after its request: starting it again changes nothing.</summary>
public interface IActionWorkflowStarter
{
    Task StartAsync(string requestId, string inputJson, CancellationToken cancellationToken);
}
