namespace Amazon.StepFunctions.Model;

/// <summary>Says that the task of a token succeeded.</summary>
public class SendTaskSuccessRequest : AmazonStepFunctionsRequest
{
    /// <summary>JSON.</summary>
    public string Output { get; set; }

    public string TaskToken { get; set; }
}
