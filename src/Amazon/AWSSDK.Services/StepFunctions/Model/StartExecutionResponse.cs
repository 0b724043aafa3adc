using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>The execution that was started, or that was running under that name with that input.</summary>
public class StartExecutionResponse : AmazonWebServiceResponse
{
    public string ExecutionArn { get; set; }

    public DateTime? StartDate { get; set; }
}
