namespace Amazon.StepFunctions.Model;

/// <summary>Whether input or output is included.</summary>
public class CloudWatchEventsExecutionDataDetails
{
    public bool? Included { get; set; }
}
