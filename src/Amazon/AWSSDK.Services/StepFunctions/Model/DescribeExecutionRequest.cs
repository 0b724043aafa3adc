namespace Amazon.StepFunctions.Model;

/// <summary>Asks how an execution stands.</summary>
public class DescribeExecutionRequest : AmazonStepFunctionsRequest
{
    public string ExecutionArn { get; set; }

    public IncludedData IncludedData { get; set; }
}
