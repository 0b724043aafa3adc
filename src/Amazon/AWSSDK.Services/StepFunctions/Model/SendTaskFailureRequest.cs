namespace Amazon.StepFunctions.Model;

/// <summary>Says that the task of a token failed.</summary>
public class SendTaskFailureRequest : AmazonStepFunctionsRequest
{
    public string Cause { get; set; }

    public string Error { get; set; }

    public string TaskToken { get; set; }
}
