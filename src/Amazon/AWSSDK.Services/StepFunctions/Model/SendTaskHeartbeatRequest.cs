namespace Amazon.StepFunctions.Model;

/// <summary>Says that the task of a token is at work.</summary>
public class SendTaskHeartbeatRequest : AmazonStepFunctionsRequest
{
    public string TaskToken { get; set; }
}
