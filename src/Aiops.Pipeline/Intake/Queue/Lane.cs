namespace Aiops.Pipeline.Intake.Queue;

/// <summary>Which line an event waits in, chosen at the door from its own severity hint and tags.</summary>
public enum Lane
{
    Urgent,
    Routine,
}
