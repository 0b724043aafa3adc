namespace Amazon.StepFunctions.Model;

/// <summary>Starts an execution.</summary>
public class StartExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>JSON.</summary>
    public string Input { get; set; }

    /// <summary>Unique for 90 days, or absent; the same name with the same input starts nothing anew while it runs.</summary>
    public string Name { get; set; }

    public string StateMachineArn { get; set; }

    public string TraceHeader { get; set; }
}
