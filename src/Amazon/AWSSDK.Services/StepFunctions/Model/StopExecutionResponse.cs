using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>When the execution stopped.</summary>
public class StopExecutionResponse : AmazonWebServiceResponse
{
    public DateTime? StopDate { get; set; }
}
